import { useEffect, useState, useSyncExternalStore } from "react";
import type { BoardStore } from "../../live/board-store";
import { howLive } from "../../live/how-live";
import { connection, followBoard } from "../../live/streams";
import { useWaiting } from "../../live/use-waiting";
import { Observable } from "../../observable";
import type { LiveState } from "../../ui/live-mark";

const none = new Observable(false);

/** Keeps the board in step while it is on the screen; says how well that goes, and how many own changes are unsent. */
export function useLive(store: BoardStore): { live: LiveState; waiting: number } {
  const [isCurrent, setIsCurrent] = useState(none);
  const socket = useSyncExternalStore(connection.state.subscribe, connection.state.get);
  const current = useSyncExternalStore(isCurrent.subscribe, isCurrent.get);
  const waiting = useWaiting();

  useEffect(() => {
    const { follower, stop } = followBoard(store);
    setIsCurrent(follower.isCurrent);
    return stop;
  }, [store]);

  return { live: howLive(socket, current), waiting };
}
