import { useFormat } from "../../i18n/format";
import { useText } from "../../i18n/language";
import { useNameOf } from "../../live/hooks";
import { useOthers } from "../../live/presence-hooks";
import { Faces } from "../../ui/faces";
import { useCard } from "./card-context";
import styles from "./head.module.css";

/** Who else has this card open now. */
export function Readers() {
  const { store, task } = useCard();
  const text = useText();
  const format = useFormat();
  const nameOf = useNameOf();
  const others = useOthers(store.stream, { task: task.id });
  if (others.length === 0) return null;
  const words = text("card.open_too", { count: others.length, names: format.list(others.map(nameOf)) });
  return (
    <span className={styles.readers} title={words}>
      <Faces people={others} size="medium" areHere />
      <span>{words}</span>
    </span>
  );
}
