import { useText } from "../../i18n/language";
import { ProgressBar } from "../../ui/progress-bar";
import { useCard } from "./card-context";
import styles from "./card-sheet.module.css";
import { ChangedBy } from "./changed-by";
import own from "./checklist.module.css";
import { ChecklistAdd } from "./checklist-add";
import { ChecklistLine } from "./checklist-line";
import { useRecent } from "./use-recent";

/** Steps to tick off. */
export function Checklist() {
  const { task, canWork } = useCard();
  const text = useText();
  const recent = useRecent();
  const { checklist } = task;
  if (checklist.length === 0 && !canWork) return null;
  const done = checklist.filter((item) => item.done).length;
  const words = text("board.checklist", { done, total: checklist.length });
  return (
    <section className={styles.section} aria-label={text("card.checklist")}>
      <h3>
        {text("card.checklist")}
        <ChangedBy person={recent.get("checklist")} />
        {checklist.length > 0 && (
          <>
            <small className={own.count}>
              {done} / {checklist.length}
            </small>
            <span className={own.bar}>
              <ProgressBar percent={(100 * done) / checklist.length} label={words} />
            </span>
          </>
        )}
      </h3>
      <ul>
        {checklist.map((item, index) => (
          <ChecklistLine key={item.id} item={item} index={index} />
        ))}
      </ul>
      {canWork && <ChecklistAdd />}
    </section>
  );
}
