import { type MouseEvent, useSyncExternalStore } from "react";
import { useBoard } from "./board-context";
import { useChosen } from "./use-chosen";

const touch = matchMedia("(hover: none)");

/** With Shift held the browser would mark the text between two clicks. */
export const keepText = (event: MouseEvent) => event.shiftKey && event.preventDefault();

/** Whether a card is chosen; and what a click on it means: true where it chose, and opens nothing. */
export function useSelected(id: number, canWork: boolean) {
  const { view } = useBoard();
  const { beside } = useChosen();
  const { selection } = view;
  const isSelected = useSyncExternalStore(selection.ids.subscribe, () => selection.has(id));

  const choose = (event: MouseEvent): boolean => {
    const isAlong = touch.matches && selection.size > 0;
    if (!canWork || id < 0 || !(event.shiftKey || event.ctrlKey || event.metaKey || isAlong)) return false;
    if (event.shiftKey) selection.extendTo(id, beside(id), view.focused.get());
    else selection.toggle(id);
    view.focus(id);
    return true;
  };
  return { isSelected, choose };
}
