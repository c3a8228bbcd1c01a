import { dropTargetForElements } from "@atlaskit/pragmatic-drag-and-drop/adapter/element-adapter";
import { type RefObject, useEffect, useSyncExternalStore } from "react";
import type { Refusal } from "../../live/refusal";
import { useBoard } from "./board-context";
import { refusalAt } from "./board-view";

/** Makes an element a place to drop cards; says whether one is held over it, and why the one in the hand may not go there. */
export function useDropSpot(
  element: RefObject<HTMLElement | null>,
  column: string,
  lane = "",
): { isOver: boolean; refusal: Refusal | undefined } {
  const { view } = useBoard();
  const isOver = useSyncExternalStore(view.drag.subscribe, () => {
    const over = view.drag.get()?.over;
    return over?.column === column && over.lane === lane;
  });
  const refusal = useSyncExternalStore(view.drag.subscribe, () => {
    const drag = view.drag.get();
    return drag ? refusalAt(drag.refusals, { column, lane }) : undefined;
  });

  useEffect(() => {
    const node = element.current;
    if (!node) return;
    return dropTargetForElements({
      element: node,
      getData: () => ({ spot: { column, lane } }),
      getIsSticky: () => false,
    });
  }, [element, column, lane]);

  return { isOver, refusal };
}

/** Why the card in the hand may not go to a column or a lane as a whole, and whether it is held over one of its cells. */
export function useRefused(
  kind: "column" | "lane",
  key: string,
): { isOver: boolean; refusal: Refusal | undefined } {
  const { view } = useBoard();
  const isOver = useSyncExternalStore(view.drag.subscribe, () => view.drag.get()?.over?.[kind] === key);
  const refusal = useSyncExternalStore(view.drag.subscribe, () =>
    view.drag.get()?.refusals[kind === "column" ? "columns" : "lanes"].get(key),
  );
  return { isOver, refusal };
}
