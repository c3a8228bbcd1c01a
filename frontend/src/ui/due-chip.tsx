import { describeDue } from "../i18n/due";
import { useFormat } from "../i18n/format";
import { useText } from "../i18n/language";
import styles from "./due-chip.module.css";

/** When it must be ready, in words as soon as it matters. */
export function DueChip({ due, isDone = false }: { due: string; isDone?: boolean }) {
  const text = useText();
  const format = useFormat();
  const { tone, words } = describeDue(due, text, format, isDone);
  return (
    <time
      className={`${styles.due} ${styles[tone]}`}
      dateTime={due}
      title={text("due.label", { date: format.longDate(due) })}
    >
      {words}
    </time>
  );
}
