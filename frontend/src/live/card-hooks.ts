import { useQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useSyncExternalStore } from "react";
import { get } from "../api/client";
import type { Task } from "../api/types";
import type { BoardStore } from "./board-store";
import { CardDetails } from "./card-details";
import { useMe } from "./hooks";
import { asOf } from "./kept";

/** The card with this key: from the board if it is there, else the server knows (archived, moved, an old key). */
export function useCardId(store: BoardStore, key: string) {
  const number = Number(/-(\d+)$/.exec(key)?.[1] ?? 0);
  const known = useMemo(() => {
    const project = store.facts.get()?.project.key;
    if (key !== `${project}-${number}`) return undefined;
    for (const card of store.cards()) if (card.number === number) return card.id;
  }, [store, key, number]);
  const asked = useQuery({
    queryKey: ["task-by-key", key],
    queryFn: ({ signal }) => get<Task>(`/tasks/by-key/${encodeURIComponent(key)}`, { signal }),
    enabled: known === undefined,
    staleTime: 0,
  });
  return { id: known ?? asked.data?.id, elsewhere: asked.data, error: known ? null : asked.error };
}

/** The full view of a card while the sheet shows it. */
export function useCardDetails(store: BoardStore, id: number) {
  const me = useMe();
  const details = useMemo(() => new CardDetails(store, id, me.id), [store, id, me.id]);
  useEffect(() => details.start(), [details]);
  useEffect(() => {
    let since = asOf.get();
    return asOf.subscribe(() => {
      if (since !== null && asOf.get() === null) details.connected();
      since = asOf.get();
    });
  }, [details]);
  const phase = useSyncExternalStore(details.phase.subscribe, details.phase.get);
  const shown = useSyncExternalStore(details.shown.subscribe, details.shown.get);
  const older = useSyncExternalStore(details.older.subscribe, details.older.get);
  return { details, phase, shown, hasOlder: older !== null };
}
