import { monitorForElements } from "@atlaskit/pragmatic-drag-and-drop/adapter/element-adapter";
import { combine } from "@atlaskit/pragmatic-drag-and-drop/utils/combine";
import { preventUnhandled } from "@atlaskit/pragmatic-drag-and-drop/utils/prevent-unhandled";
import { autoScrollForElements } from "@atlaskit/pragmatic-drag-and-drop-auto-scroll/element";
import { type RefObject, useEffect, useEffectEvent } from "react";
import { cellOf } from "./arrangement";
import { useBoard } from "./board-context";
import { isSameSpot, refusalAt, type Spot } from "./board-view";
import { useChosen } from "./use-chosen";
import { isDraggedCard } from "./use-draggable";
import { useMove } from "./use-move";
import { useMoveAll } from "./use-move-all";

type Location = { input: { clientY: number }; dropTargets: { data: Record<string | symbol, unknown> }[] };

/** Follows a card from lift to drop: which cell it is over, at which place, and what happens when it is let go. */
export function useCardDrag(board: RefObject<HTMLElement | null>) {
  const { set, view, arrangement, isOrdered } = useBoard();
  const { refusalsOf, moveTo, dropsFor } = useMove();
  const { inOrder } = useChosen();
  const { refusalsOfAll, moveAll, placeFor } = useMoveAll();

  const lift = useEffectEvent((id: number, height: number, width: number) => {
    const from = arrangement.placeOf(id);
    if (from === undefined) return;
    preventUnhandled.start();
    const { column, lane } = from;
    const lot = view.selection.around(id, inOrder);
    const refusals = lot.length > 1 ? refusalsOfAll(lot) : refusalsOf(id);
    view.drag.set({ id, lot, from: { column, lane }, height, width, over: null, index: 0, refusals });
  });

  const aim = useEffectEvent(({ input, dropTargets }: Location) => {
    const drag = view.drag.get();
    if (!drag) return;
    const over = (dropTargets[0]?.data.spot as Spot | undefined) ?? null;
    const index = over === null ? 0 : isOrdered ? pointed(over, input.clientY) : sorted(drag.id, over);
    if (!isSameSpot(over, drag.over) || index !== drag.index) view.drag.set({ ...drag, over, index });
  });

  const pointed = ({ column, lane }: Spot, clientY: number) =>
    view.cells.get(cellOf(column, lane))?.indexAt(clientY) ?? 0;

  /** Where the order of the view will put it, whatever it is held over. */
  function sorted(id: number, spot: Spot): number {
    const card = set.card(id);
    if (!card) return 0;
    const { column, lane } = dropsFor(card, spot);
    const changed = { ...card };
    for (const drop of [column, lane]) if (drop.does === "change") Object.assign(changed, drop.change);
    return arrangement.indexFor(cellOf(spot.column, spot.lane), changed);
  }

  const drop = useEffectEvent((location: Location) => {
    aim(location);
    preventUnhandled.stop();
    const drag = view.drag.get();
    view.drag.set(null);
    if (!drag || drag.over === null || refusalAt(drag.refusals, drag.over)) return;
    if (drag.lot.length > 1) moveAll(drag.lot, drag.over, placeFor(drag.lot, drag.id, drag.over, drag.index));
    else moveTo(drag.id, drag.over, drag.index);
    view.focus(drag.id);
  });

  useEffect(() => {
    const element = board.current;
    if (!element) return;
    return combine(
      autoScrollForElements({ element }),
      monitorForElements({
        canMonitor: ({ source }) => isDraggedCard(source.data),
        onDragStart: ({ source: { data } }) =>
          isDraggedCard(data) && lift(data.card, data.height, data.width),
        onDrag: ({ location }) => aim(location.current),
        onDropTargetChange: ({ location }) => aim(location.current),
        onDrop: ({ location }) => drop(location.current),
      }),
      () => preventUnhandled.stop(),
    );
  }, [board]);
}
