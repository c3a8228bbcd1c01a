import { useVirtualizer } from "@tanstack/react-virtual";
import { type RefObject, useCallback, useLayoutEffect, useMemo, useSyncExternalStore } from "react";
import { cellOf } from "./arrangement";
import { useBoard } from "./board-context";
import { type Drag, isSameSpot, refusalAt, type Spot } from "./board-view";
import { guessHeight } from "./guess-height";
import { without } from "./place";

/** The empty place that waits for the card in the hand, among the ids of cards. */
export const SLOT = 0;

type Options = {
  spot: Spot;
  seen: readonly number[];
  scroller: RefObject<HTMLElement | null>;
  track: RefObject<HTMLElement | null>;
  /** How far below the top of what scrolls the cell begins, where several scroll together. */
  margin?: number;
  overscan?: number;
};

/** The cards of a cell of which only those near the screen are in the page, and the slot for the card in the hand. */
export function useCardList({ spot, seen, scroller, track, margin = 0, overscan = 2 }: Options) {
  const { set, view } = useBoard();
  const drag = view.drag.get();
  const slot = useSyncExternalStore(view.drag.subscribe, () => slotIn(view.drag.get(), spot, seen));
  const ghost = useSyncExternalStore(view.drag.subscribe, () => view.drag.get()?.id ?? null);
  const wanted = useSyncExternalStore(view.wanted.subscribe, view.wanted.get);
  const items = useMemo(() => (slot === null ? seen : withSlot(seen, slot, ghost)), [seen, slot, ghost]);
  // The same function as long as the cards are the same: with another one all heights are added up anew.
  const getItemKey = useCallback((index: number) => items[index] ?? index, [items]);
  const key = cellOf(spot.column, spot.lane);

  const virtualizer = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    getItemKey,
    estimateSize: (index) => guessHeight(items[index] === SLOT ? drag?.height : set.card(items[index] ?? 0)),
    initialRect: { width: 220, height: window.innerHeight },
    scrollMargin: margin,
    overscan,
    gap: 6,
    paddingEnd: 6,
  });

  useLayoutEffect(() => {
    view.cells.set(key, {
      indexAt: (clientY) => {
        const box = track.current;
        if (!box) return 0;
        const y = clientY - box.getBoundingClientRect().top;
        const others = ghost === null ? seen : without(seen, ghost);
        for (const { index, start, size } of virtualizer.getVirtualItems()) {
          const id = items[index];
          if (id !== SLOT && id !== ghost && y < start - margin + size / 2)
            return others.indexOf(id as number);
        }
        return y <= 0 ? 0 : others.length;
      },
    });
    return () => void view.cells.delete(key);
  });

  useLayoutEffect(() => {
    const index = wanted === null ? -1 : seen.indexOf(wanted);
    if (index >= 0) virtualizer.scrollToIndex(index, { align: "auto" });
  }, [wanted, seen, virtualizer]);

  // Read with the ghost, which changes whenever cards are lifted or let go.
  const isLifted = (id: number) => id === ghost || (drag?.lot.includes(id) ?? false);
  return { items, virtualizer, ghost, isLifted };
}

/** Where the slot is drawn among the cards that are seen; null where none is: elsewhere, refused, or back home. */
function slotIn(drag: Drag | null, spot: Spot, seen: readonly number[]): number | null {
  if (!drag || !isSameSpot(drag.over, spot) || refusalAt(drag.refusals, spot)) return null;
  return seen.indexOf(drag.id) === drag.index ? null : drag.index;
}

function withSlot(seen: readonly number[], slot: number, ghost: number | null): number[] {
  const home = ghost === null ? -1 : seen.indexOf(ghost);
  // The ghost stays where the card came from, so places below it are one further down on the screen.
  const index = home >= 0 && slot > home ? slot + 1 : slot;
  return [...seen.slice(0, index), SLOT, ...seen.slice(index)];
}
