import { useVirtualizer } from "@tanstack/react-virtual";
import { type RefObject, useLayoutEffect, useRef, useState, useSyncExternalStore } from "react";
import { cellOf } from "./arrangement";
import { useBoard } from "./board-context";
import { ColumnHead } from "./column-head";
import { FoldedColumn } from "./folded-column";
import type { Group } from "./groupings";
import { guessHeight } from "./guess-height";
import { LANE_HEAD, Lane } from "./lane";
import styles from "./lanes.module.css";
import { QuickAdd } from "./quick-add";
import { RefusalNote } from "./refusal-note";
import { useGroups, useSum } from "./use-arrangement";
import { useRefused } from "./use-drop-spot";
import { useFolding } from "./use-folding";

/** The heads of the columns, and below them the lanes: all scroll together, and only what is near the screen is drawn. */
export function LaneRows({ scroller }: { scroller: RefObject<HTMLElement | null> }) {
  const { view, set, arrangement } = useBoard();
  const { columns, lanes } = useGroups();
  const { isFolded } = useFolding();
  const rows = useRef<HTMLDivElement>(null);
  const [top, setTop] = useState(0);
  const wanted = useSyncExternalStore(view.wanted.subscribe, view.wanted.get);
  const all = lanes ?? [];

  const guessed = useRef(new Map<string, { cells: (readonly number[])[]; height: number }>());
  /** About how high a lane will be: as its fullest cell. Worked out anew only when other cards are in it. */
  const guess = (lane: Group) => {
    if (isFolded("lane", lane.key)) return LANE_HEAD;
    const cells = columns.map(({ key }) => arrangement.cell(cellOf(key, lane.key)));
    const known = guessed.current.get(lane.key);
    if (known?.cells.length === cells.length && cells.every((cell, at) => cell === known.cells[at]))
      return known.height;
    const heights = cells.map((ids) => ids.reduce((sum, id) => sum + guessHeight(set.card(id)) + 6, 0));
    const height = LANE_HEAD + Math.max(52, ...heights) + 8;
    guessed.current.set(lane.key, { cells, height });
    return height;
  };
  const virtualizer = useVirtualizer({
    count: all.length,
    getScrollElement: () => scroller.current,
    getItemKey: (index) => all[index]?.key ?? index,
    estimateSize: (index) => (all[index] ? guess(all[index]) : LANE_HEAD),
    initialRect: { width: 1200, height: window.innerHeight },
    scrollMargin: top,
    overscan: 0,
  });

  useLayoutEffect(() => setTop(rows.current?.offsetTop ?? 0), []);
  // A card may be wanted in a lane that isn't drawn yet: the lane comes first, then its own cell finds the card.
  useLayoutEffect(() => {
    const lane = wanted === null ? undefined : arrangement.placeOf(wanted)?.lane;
    const index = all.findIndex(({ key }) => key === lane);
    if (index >= 0 && !virtualizer.getVirtualItems().some((item) => item.index === index))
      virtualizer.scrollToIndex(index, { align: "start" });
  }, [wanted, arrangement, all, virtualizer]);

  return (
    <div className={styles.board}>
      <div className={styles.heads}>
        {columns.map((group) => (
          <Head key={group.key} group={group} isFolded={isFolded("column", group.key)} />
        ))}
      </div>
      <div ref={rows} className={styles.rows} style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map(({ index, key, start }) => {
          const lane = all[index];
          return (
            lane && (
              <Lane
                key={key}
                index={index}
                group={lane}
                columns={columns}
                top={start - top}
                start={start}
                scroller={scroller}
                measure={virtualizer.measureElement}
              />
            )
          );
        })}
      </div>
    </div>
  );
}

function Head({ group, isFolded }: { group: Group; isFolded: boolean }) {
  const { view } = useBoard();
  const { total } = useSum("column", group.key);
  const { isOver, refusal } = useRefused("column", group.key);
  const isAdding = useSyncExternalStore(view.adding.subscribe, () => view.adding.get() === group.key);
  return (
    <div className={styles.head}>
      {isFolded ? <FoldedColumn group={group} total={total} /> : <ColumnHead group={group} />}
      {isAdding && !isFolded && <QuickAdd group={group} />}
      {refusal && !isFolded && <RefusalNote refusal={refusal} isLoud={isOver} />}
    </div>
  );
}
