import { autoScrollForElements } from "@atlaskit/pragmatic-drag-and-drop-auto-scroll/element";
import { useEffect, useRef } from "react";
import { useText } from "../../i18n/language";
import { useIsPhone } from "../../ui/use-is-phone";
import { useBoard } from "./board-context";
import { CardList } from "./card-list";
import styles from "./column.module.css";
import { useCardList } from "./use-card-list";

/** The cards of a column that scrolls by itself. */
export function ColumnCards({ column, seen }: { column: string; seen: readonly number[] }) {
  const { settings, canAdd } = useBoard();
  const isPhone = useIsPhone();
  const text = useText();
  const scroller = useRef<HTMLDivElement>(null);
  const track = useRef<HTMLDivElement>(null);
  const list = useCardList({ spot: { column, lane: "" }, seen, scroller, track });

  useEffect(() => {
    const element = scroller.current;
    if (element) return autoScrollForElements({ element });
  }, []);

  const mayDrop = canAdd && !isPhone;
  const empty = settings.filter ? "board.filter_empty" : mayDrop ? "empty.column" : "empty.column_reader";
  return (
    <div ref={scroller} className={`${styles.cards} ${list.ghost !== null ? styles.moving : ""}`}>
      {list.items.length === 0 ? (
        <p className={styles.empty}>{text(empty)}</p>
      ) : (
        <CardList {...list} cell={column} track={track} />
      )}
    </div>
  );
}
