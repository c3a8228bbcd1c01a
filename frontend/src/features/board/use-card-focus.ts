import { type RefObject, useLayoutEffect, useSyncExternalStore } from "react";
import { useBoard } from "./board-context";

/** Gives the card the focus when it is wanted there, and hands it on when the card leaves for another column. */
export function useCardFocus(element: RefObject<HTMLElement | null>, id: number, cell: string): boolean {
  const { set, arrangement, view } = useBoard();
  const isFocused = useSyncExternalStore(view.focused.subscribe, () => view.focused.get() === id);
  const isWanted = useSyncExternalStore(view.wanted.subscribe, () => view.wanted.get() === id);

  useLayoutEffect(() => {
    if (isWanted) view.give(element.current);
  }, [isWanted, element, view]);

  useLayoutEffect(() => {
    const node = element.current;
    return () => {
      const isLeaving = arrangement.placeOf(id)?.cell !== cell;
      const heir = set.card(id) ? id : set.realId(id);
      if (isLeaving && node && node === document.activeElement && heir)
        queueMicrotask(() => view.focus(heir));
    };
  }, [element, set, arrangement, view, id, cell]);

  return isFocused;
}
