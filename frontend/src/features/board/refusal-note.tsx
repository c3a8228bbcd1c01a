import type { Refusal } from "../../live/refusal";
import { useRefusalText } from "../../live/use-refusal-text";
import { glyphClass } from "../../ui/glyph";
import styles from "./column.module.css";

/** Says before the drop why a column refuses; in full once the card is held over it. */
export function RefusalNote({ refusal, isLoud }: { refusal: Refusal; isLoud: boolean }) {
  const { title, remedy } = useRefusalText()(refusal);
  return (
    <div className={`${styles.refusal} ${isLoud ? styles.loud : ""} ${glyphClass("block")}`}>
      <div>
        <b>{title}</b>
        {isLoud && <span>{remedy}</span>}
      </div>
    </div>
  );
}
