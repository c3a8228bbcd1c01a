import { type RefObject, useRef } from "react";
import { useFormat } from "../../i18n/format";
import { useText } from "../../i18n/language";
import { glyphClass } from "../../ui/glyph";
import { cellOf } from "./arrangement";
import { CardList } from "./card-list";
import { GroupMark } from "./group-mark";
import type { Group } from "./groupings";
import styles from "./lanes.module.css";
import { RefusalNote } from "./refusal-note";
import { useCell, useSum } from "./use-arrangement";
import { useCardList } from "./use-card-list";
import { useDropSpot, useRefused } from "./use-drop-spot";
import { useFolding } from "./use-folding";

/** Height of the head of a lane, in px; also in lanes.module.css. */
export const LANE_HEAD = 36;

type LaneProps = {
  group: Group;
  columns: Group[];
  index: number;
  /** Where it is drawn, and how far below the top of what scrolls that is. */
  top: number;
  start: number;
  scroller: RefObject<HTMLElement | null>;
  measure: (element: Element | null) => void;
};

/** One lane: its head, and a cell in each column. */
export function Lane({ group, columns, index, top, start, scroller, measure }: LaneProps) {
  const text = useText();
  const format = useFormat();
  const { isFolded, fold } = useFolding();
  const { total, hours } = useSum("lane", group.key);
  const { isOver, refusal } = useRefused("lane", group.key);
  const isShut = isFolded("lane", group.key);

  return (
    <section
      ref={measure}
      data-index={index}
      data-lane={group.key}
      className={styles.lane}
      style={{ top }}
      aria-label={text("board.column_label", { name: group.name, count: total })}
    >
      <div className={styles.laneTop}>
        <button
          type="button"
          className={`${styles.laneHead} ${glyphClass("chevron")}`}
          aria-expanded={!isShut}
          onClick={() => fold("lane", group.key, !isShut)}
        >
          <GroupMark group={group} />
          <span className={styles.laneName}>{group.name}</span>
          <span className={styles.count}>
            {format.number(total)}
            {hours > 0 && ` · ${text("unit.hours", { hours: format.number(hours) })}`}
          </span>
        </button>
        {refusal && <RefusalNote refusal={refusal} isLoud={isOver} />}
      </div>
      {!isShut && (
        <div className={styles.cells}>
          {columns.map((column) => (
            <LaneCell
              key={column.key}
              column={column}
              lane={group}
              margin={start + LANE_HEAD}
              scroller={scroller}
              isNarrow={isFolded("column", column.key)}
            />
          ))}
        </div>
      )}
    </section>
  );
}

type CellProps = {
  column: Group;
  lane: Group;
  margin: number;
  scroller: RefObject<HTMLElement | null>;
  isNarrow: boolean;
};

/**
 * The cards of a lane in one column; a folded column only shows how many there are. Why it refuses a card is said once,
 * in the head of the column or of the lane, which stay in sight.
 */
function LaneCell({ column, lane, margin, scroller, isNarrow }: CellProps) {
  const format = useFormat();
  const element = useRef<HTMLDivElement>(null);
  const track = useRef<HTMLDivElement>(null);
  const spot = { column: column.key, lane: lane.key };
  const seen = useCell(column.key, lane.key);
  const { isOver, refusal } = useDropSpot(element, column.key, lane.key);
  const list = useCardList({ spot, seen: isNarrow ? NOBODY : seen, scroller, track, margin, overscan: 1 });
  const classes = [styles.cell, isOver && !refusal && styles.target, refusal && styles.refused];

  return (
    <div ref={element} className={classes.filter(Boolean).join(" ")}>
      {isNarrow && seen.length > 0 && <span className={styles.few}>{format.number(seen.length)}</span>}
      {!isNarrow && <CardList {...list} cell={cellOf(column.key, lane.key)} margin={margin} track={track} />}
    </div>
  );
}

const NOBODY: readonly number[] = [];
