import { useLayoutEffect, useRef } from "react";
import { type Action, type Layer, openSlot } from "./actions";

/**
 * Offers these actions while the component is on the screen. They may be made anew with every render: what they close
 * over is then fresh.
 */
export function useActions(layer: Layer, actions: readonly Action[]) {
  const slot = useRef<ReturnType<typeof openSlot>>(null);
  // Before the paint: whoever sees the component may press its keys.
  useLayoutEffect(() => {
    slot.current = openSlot(layer);
    return slot.current.close;
  }, [layer]);
  useLayoutEffect(() => slot.current?.offer(actions));
}
