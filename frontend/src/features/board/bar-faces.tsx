import type { ComponentProps } from "react";
import { useText } from "../../i18n/language";
import { glyphClass } from "../../ui/glyph";
import styles from "./bar-button.module.css";
import { useBoard } from "./board-context";
import { useViews } from "./use-board";
import { useLook } from "./use-look";

/** Says which saved view the board is looked at through. */
export function ViewsFace(props: ComponentProps<"button">) {
  const board = useBoard();
  const { views, default: start } = useViews(board);
  const { view, isChanged } = useLook(board.isMany, views, start);
  const text = useText();
  return (
    <button
      type="button"
      {...props}
      className={`${styles.button} ${styles.first} ${glyphClass("layers")}`}
      title={text("view.title")}
    >
      <span className="sr-only">{text("view.title")}: </span>
      <span className={styles.name}>{view?.name ?? text("view.plain")}</span>
      {isChanged && <span className={styles.soft}>{text("view.changed")}</span>}
    </button>
  );
}

export function DisplayFace(props: ComponentProps<"button">) {
  const text = useText();
  return (
    <button type="button" {...props} className={`${styles.button} ${glyphClass("display")}`}>
      <span className={styles.name}>{text("view.display")}</span>
    </button>
  );
}
