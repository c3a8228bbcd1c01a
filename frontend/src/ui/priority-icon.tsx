import type { Priority } from "../api/types";
import { useText } from "../i18n/language";
import { glyphClass } from "./glyph";
import styles from "./priority-icon.module.css";

/** Three bars, or a red mark for what can't wait. Nothing at all without a priority. */
export function PriorityIcon({ priority }: { priority: Priority }) {
  const text = useText();
  if (!priority) return null;
  const label = text(`priority.${priority}`);
  return (
    <span
      className={`${styles.icon} ${styles[priority] ?? ""} ${glyphClass(`priority-${priority}`)}`}
      role="img"
      aria-label={label}
      title={label}
    />
  );
}
