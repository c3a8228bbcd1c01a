import { useSyncExternalStore } from "react";
import { useBoard } from "./board-context";
import { SelectionBar } from "./selection-bar";
import { useCardActions } from "./use-card-actions";
import { useSelectionActions } from "./use-selection-actions";
import { ViewActions } from "./view-actions";

/**
 * What can be done with the card under the focus or with all that are chosen, and the bar that says so; and with the way
 * in which the board is looked at.
 */
export function CardActions() {
  const { view } = useBoard();
  const ids = useSyncExternalStore(view.selection.ids.subscribe, view.selection.ids.get);
  const actions = useCardActions();
  useSelectionActions();
  return (
    <>
      <ViewActions />
      {ids.size > 0 && <SelectionBar actions={actions} />}
    </>
  );
}
