import { draggable, dropTargetForElements } from "@atlaskit/pragmatic-drag-and-drop/adapter/element-adapter";
import { combine } from "@atlaskit/pragmatic-drag-and-drop/utils/combine";
import { type RefObject, useEffect, useEffectEvent, useState } from "react";
import type { ChecklistItem } from "../../api/types";
import { moveItem } from "../../live/card-commands";
import { useCard } from "./card-context";

type Edge = "above" | "below";
type Line = { item: ChecklistItem; index: number; isOn: boolean };

/** Lets a line be dragged by its handle, and take the others above or below it. Says where one would land. */
export function useLineDrag(
  line: RefObject<HTMLElement | null>,
  grip: RefObject<HTMLElement | null>,
  { item, index, isOn }: Line,
): Edge | null {
  const { store, task } = useCard();
  const [edge, setEdge] = useState<Edge | null>(null);

  const edgeAt = (clientY: number): Edge => {
    const box = line.current?.getBoundingClientRect();
    return box && clientY > box.top + box.height / 2 ? "below" : "above";
  };
  const drop = useEffectEvent((dragged: number, at: Edge) => {
    const from = task.checklist.findIndex(({ id }) => id === dragged);
    const moved = task.checklist[from];
    if (!moved || moved.id === item.id) return;
    const gap = at === "below" ? index + 1 : index;
    moveItem(store, task, moved, from < gap ? gap - 1 : gap);
  });

  // biome-ignore lint/correctness/useExhaustiveDependencies: where a pointer is, is read when it matters
  useEffect(() => {
    const element = line.current;
    const dragHandle = grip.current;
    if (!isOn || !element || !dragHandle) return;
    return combine(
      draggable({
        element,
        dragHandle,
        getInitialData: () => ({ checklistItem: item.id }),
        onDragStart: () => element.setAttribute("data-dragging", ""),
        onDrop: () => element.removeAttribute("data-dragging"),
      }),
      dropTargetForElements({
        element,
        canDrop: ({ source }) => typeof source.data.checklistItem === "number",
        onDrag: ({ location, source }) =>
          setEdge(source.data.checklistItem === item.id ? null : edgeAt(location.current.input.clientY)),
        onDragLeave: () => setEdge(null),
        onDrop: ({ location, source }) => {
          setEdge(null);
          drop(Number(source.data.checklistItem), edgeAt(location.current.input.clientY));
        },
      }),
    );
  }, [item.id, isOn]);

  return edge;
}
