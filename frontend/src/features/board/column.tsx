import { memo, useRef, useSyncExternalStore } from "react";
import { useText } from "../../i18n/language";
import { useBoard } from "./board-context";
import styles from "./column.module.css";
import { ColumnCards } from "./column-cards";
import { ColumnHead } from "./column-head";
import { FoldedColumn } from "./folded-column";
import { isClosedGroup } from "./group-mark";
import type { Group } from "./groupings";
import { QuickAdd } from "./quick-add";
import { RefusalNote } from "./refusal-note";
import { useCell, useSum } from "./use-arrangement";
import { useDropSpot } from "./use-drop-spot";

/** One column and its cards. */
export const Column = memo(function Column({ group, isFolded }: { group: Group; isFolded: boolean }) {
  const { view } = useBoard();
  const text = useText();
  const element = useRef<HTMLElement>(null);
  const seen = useCell(group.key, "");
  const { total } = useSum("column", group.key);
  const isAdding = useSyncExternalStore(view.adding.subscribe, () => view.adding.get() === group.key);
  const { isOver, refusal } = useDropSpot(element, group.key);

  const classes = [
    styles.column,
    isFolded && styles.folded,
    isOver && !refusal && styles.target,
    refusal && styles.refused,
    isClosedGroup(group) && styles.done,
  ];
  return (
    <section
      ref={element}
      className={classes.filter(Boolean).join(" ")}
      data-column={group.key}
      aria-label={text("board.column_label", { name: group.name, count: total })}
    >
      {isFolded ? (
        <FoldedColumn group={group} total={total} />
      ) : (
        <>
          <ColumnHead group={group} />
          {isAdding && <QuickAdd group={group} />}
          {refusal && <RefusalNote refusal={refusal} isLoud={isOver} />}
          <ColumnCards column={group.key} seen={seen} />
        </>
      )}
    </section>
  );
});
