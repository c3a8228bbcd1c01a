import { useFormat } from "../../i18n/format";
import { useText } from "../../i18n/language";
import { useNameOf } from "../../live/hooks";
import { useOthers } from "../../live/presence-hooks";
import { useCard } from "./card-context";
import styles from "./writers.module.css";

/** Who else is writing in this field of the card now. */
export function Writers({ field }: { field: string }) {
  const { store, task } = useCard();
  const text = useText();
  const format = useFormat();
  const nameOf = useNameOf();
  const others = useOthers(store.stream, { task: task.id, field });
  const words =
    others.length > 0 &&
    text("card.writing", { count: others.length, names: format.list(others.map(nameOf)) });
  return (
    <span role="status" className={styles.writers}>
      {words}
    </span>
  );
}
