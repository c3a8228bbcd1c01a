import { useSyncExternalStore } from "react";
import { useText } from "../../i18n/language";
import { useBoard } from "./board-context";
import { useViews } from "./use-board";
import { useLook } from "./use-look";
import styles from "./view-missing.module.css";

/** Says that the address names a view which this reader doesn't have, instead of silently showing something else. */
export function ViewMissing() {
  const board = useBoard();
  const text = useText();
  const { views, default: start } = useViews(board);
  const { isMissing, choose } = useLook(board.isMany, views, start);
  const { isKnown } = board.views;
  const hasAsked = useSyncExternalStore(isKnown.subscribe, isKnown.get);
  if (!isMissing || !hasAsked) return null;
  return (
    <p className={styles.strip} role="note">
      {text("view.missing")}
      <button type="button" className={styles.button} onClick={() => choose(0)}>
        {text("view.missing_close")}
      </button>
    </p>
  );
}
