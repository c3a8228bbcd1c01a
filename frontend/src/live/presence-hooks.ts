import { useCallback, useEffect, useEffectEvent, useSyncExternalStore } from "react";
import type { Person } from "../api/types";
import { useMe, useWorkspace } from "./hooks";
import { looking } from "./looking";
import { PresenceClaim } from "./presence-claim";
import { connection } from "./streams";

type Where = { task?: number; field?: string };

/** The others who are here now: on the board, on one of its cards, or writing in a field of it. Each once. */
export function useOthers(stream: string, { task, field }: Where = {}): Person[] {
  const me = useMe();
  const { people } = useWorkspace();
  const presence = connection.presenceOn(stream);
  const entries = useSyncExternalStore(presence.subscribe, presence.get);
  const ids = entries
    .filter((entry) => task === undefined || entry.task === task)
    .filter((entry) => field === undefined || entry.field === field)
    .map(({ person }) => person);
  return [...new Set(ids)]
    .filter((id) => id !== me.id)
    .map((id) => people.get(id))
    .filter((person) => person !== undefined);
}

/** The others who are on any of these boards now, each once. */
export function useOthersOn(streams: readonly string[]): Person[] {
  const me = useMe();
  const { people } = useWorkspace();
  const subscribe = useCallback(
    (listen: () => void) => {
      const stops = streams.map((stream) => connection.presenceOn(stream).subscribe(listen));
      return () => {
        for (const stop of stops) stop();
      };
    },
    [streams],
  );
  const ids = useSyncExternalStore(subscribe, () => {
    const here = streams.flatMap((stream) => connection.presenceOn(stream).get());
    return [...new Set(here.map(({ person }) => person))].sort((a, b) => a - b).join();
  });
  return ids
    .split(",")
    .map(Number)
    .filter((id) => id !== me.id)
    .map((id) => people.get(id))
    .filter((person) => person !== undefined);
}

/**
 * Tells the others on these boards where one is, as long as they are on the screen: on one after the other, because the
 * server hears one claim a second. `boardOf` says on which of them a card is.
 */
export function useClaim(streams: readonly string[], boardOf?: (task: number) => string | undefined) {
  const whereIs = useEffectEvent((task: number) => boardOf?.(task));
  useEffect(() => {
    if (streams.length === 0) return;
    let turn = 0;
    const presence = new PresenceClaim({
      rounds: streams.length,
      claim: () => {
        const { task, field } = looking.get();
        const stream = streams[turn % streams.length] ?? "";
        turn += 1;
        const isThere = task !== null && (streams.length === 1 || whereIs(task) === stream);
        connection.here(stream, isThere ? task : null, isThere ? field : null);
      },
    });
    const soon = () => presence.soon();
    const stops = [connection.state.subscribe(soon), looking.subscribe(() => presence.soon(50))];
    document.addEventListener("visibilitychange", soon);
    soon();
    return () => {
      presence.stop();
      document.removeEventListener("visibilitychange", soon);
      for (const stop of stops) stop();
    };
  }, [streams]);
}
