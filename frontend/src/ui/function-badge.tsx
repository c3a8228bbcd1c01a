import { useLocale } from "../i18n/language";
import { nameIn } from "../i18n/names";
import styles from "./function-badge.module.css";
import { functionColour } from "./function-colour";
import { glyphClass } from "./glyph";

type Shown = { name: string; name_zh: string; color: string; icon: string };

/** A function as colour, icon and word, so that it is never told by colour alone. */
export function FunctionBadge({ of, className = "" }: { of: Shown | null | undefined; className?: string }) {
  const { language, text } = useLocale();
  return (
    <span
      className={`${styles.badge} ${glyphClass(of?.icon ?? "dot")} ${className}`}
      style={{ "--fn": functionColour(of?.color) }}
    >
      {of ? nameIn(language, of) : text("function.none")}
    </span>
  );
}
