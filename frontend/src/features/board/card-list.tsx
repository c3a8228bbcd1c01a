import type { Virtualizer } from "@tanstack/react-virtual";
import type { Ref } from "react";
import { Card } from "./card";
import styles from "./column.module.css";
import { SLOT } from "./use-card-list";

type CardListProps = {
  items: readonly number[];
  /** Whether a card is in the hand, by itself or among others. */
  isLifted: (id: number) => boolean;
  virtualizer: Virtualizer<HTMLElement, Element>;
  cell: string;
  margin?: number;
  track: Ref<HTMLDivElement>;
};

/** The cards of a cell, each at its height. */
export function CardList({ items, isLifted, virtualizer, cell, margin = 0, track }: CardListProps) {
  return (
    <div ref={track} className={styles.track} style={{ height: virtualizer.getTotalSize() }}>
      {virtualizer.getVirtualItems().map(({ index, key, start, size }) => {
        const id = items[index] as number;
        const top = start - margin;
        if (id === SLOT)
          return (
            <div
              key="slot"
              className={styles.slot}
              style={{ transform: `translateY(${top}px)`, height: size }}
            />
          );
        return (
          <Card
            key={key}
            id={id}
            index={index}
            start={top}
            cell={cell}
            isGhost={isLifted(id)}
            measure={virtualizer.measureElement}
          />
        );
      })}
    </div>
  );
}
