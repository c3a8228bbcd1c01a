import { useBoard } from "./board-context";
import { cardUnder } from "./use-board-actions";
import { useChosen } from "./use-chosen";

/** The cards that an action is meant for: those that are chosen, else the one under the focus. */
export function useSubject() {
  const { set, view } = useBoard();
  const { inOrder } = useChosen();
  return (event?: KeyboardEvent): number[] => {
    const chosen = inOrder(view.selection.ids.get());
    if (chosen.length > 0) return chosen;
    const id = cardUnder(event, view.focused.get());
    return id !== null && set.card(id) ? [id] : [];
  };
}
