import { draggable } from "@atlaskit/pragmatic-drag-and-drop/adapter/element-adapter";
import { disableNativeDragPreview } from "@atlaskit/pragmatic-drag-and-drop/utils/disable-native-drag-preview";
import { type RefObject, useEffect } from "react";

/** What a dragged card tells those that watch the drag. */
export type DraggedCard = { card: number; height: number; width: number; grabX: number; grabY: number };

export const isDraggedCard = (
  data: Record<string | symbol, unknown>,
): data is DraggedCard & Record<string, unknown> => typeof data.card === "number";

/** Makes a card something that can be picked up. The browser's own picture of it is replaced by `LiftedCard`. */
export function useDraggable(element: RefObject<HTMLElement | null>, id: number, isAllowed: boolean) {
  useEffect(() => {
    const node = element.current;
    if (!node || !isAllowed) return;
    return draggable({
      element: node,
      getInitialData: ({ input }): DraggedCard => {
        const box = node.getBoundingClientRect();
        const [grabX, grabY] = [input.clientX - box.left, input.clientY - box.top];
        return { card: id, height: box.height, width: box.width, grabX, grabY };
      },
      onGenerateDragPreview: ({ nativeSetDragImage }) => disableNativeDragPreview({ nativeSetDragImage }),
    });
  }, [element, id, isAllowed]);
}
