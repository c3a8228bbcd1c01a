import { useFormat } from "../../i18n/format";
import { useText } from "../../i18n/language";
import styles from "./folded-column.module.css";
import { GroupMark } from "./group-mark";
import type { Group } from "./groupings";
import { useFolding } from "./use-folding";

/**
 * A column folded to its name; cards may still be dropped on it. How many there are is a picture (folded-column.module.css):
 * whoever says the button to press it says the name alone.
 */
export function FoldedColumn({ group, total }: { group: Group; total: number }) {
  const text = useText();
  const format = useFormat();
  const { fold } = useFolding();
  const label = text("board.unfold", { name: group.name });
  return (
    <button
      type="button"
      className={styles.folded}
      aria-expanded={false}
      aria-label={label}
      title={label}
      onClick={() => fold("column", group.key, false)}
    >
      <GroupMark group={group} />
      <span className={styles.count} data-count={format.number(total)} aria-hidden />
      <span className={styles.name}>{group.name}</span>
    </button>
  );
}
