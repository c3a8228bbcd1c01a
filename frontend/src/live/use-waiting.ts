import { useSyncExternalStore } from "react";
import { Observable } from "../observable";
import { outbox } from "./streams";

const zero = new Observable(0);

/** How many own changes wait to be sent. */
export function useWaiting(): number {
  const queue = outbox?.waiting ?? zero;
  return useSyncExternalStore(queue.subscribe, queue.get);
}
