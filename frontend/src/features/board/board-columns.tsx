import { useRef } from "react";
import { useText } from "../../i18n/language";
import { useIsPhone } from "../../ui/use-is-phone";
import styles from "./board-columns.module.css";
import { useBoard } from "./board-context";
import { Column } from "./column";
import { ColumnTabs } from "./column-tabs";
import { LaneRows } from "./lane-rows";
import { LiftedCard } from "./lifted-card";
import { SayBar } from "./say-bar";
import { useGroups } from "./use-arrangement";
import { useCardDrag } from "./use-card-drag";
import { useFolding } from "./use-folding";

/** The columns side by side, or cut into lanes; on a phone one per page, with tabs above them. */
export function BoardColumns() {
  const { columns } = useGroups();
  const { lanes } = useBoard();
  const { isFolded } = useFolding();
  const isPhone = useIsPhone();
  const text = useText();
  const element = useRef<HTMLElement>(null);
  useCardDrag(element);
  const folded = (key: string) => !isPhone && isFolded("column", key);
  const widths = columns.map(({ key }) => (folded(key) ? "40px" : "minmax(212px, 1fr)")).join(" ");
  const least = columns.reduce((sum, { key }) => sum + (folded(key) ? 46 : 218), -6);

  return (
    <div className={styles.frame}>
      <ColumnTabs groups={columns} columns={element} />
      <section
        ref={element}
        className={`${styles.columns} ${lanes ? styles.laned : ""}`}
        style={{ "--columns": widths, "--least": `${least}px` }}
        aria-label={text("board.columns")}
      >
        {lanes ? (
          <LaneRows scroller={element} />
        ) : (
          columns.map((group) => <Column key={group.key} group={group} isFolded={folded(group.key)} />)
        )}
      </section>
      <SayBar />
      <LiftedCard />
    </div>
  );
}
