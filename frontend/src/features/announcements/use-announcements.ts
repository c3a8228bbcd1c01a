import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect } from "react";
import type { Announcement } from "../../api/announcement-types";
import { get, send } from "../../api/client";
import type { Page } from "../../api/types";
import { askAgain } from "../../live/ask-again";
import { inboxRevision } from "../../live/inbox";

/** The account or the initiative that something is announced on. */
export type Place = { kind: "account" | "project"; id: number };

const REFRESH_MS = 60_000;

/** What is announced there, newest first, and how to ask again. */
export function useAnnouncements({ kind, id }: Place) {
  const client = useQueryClient();
  const query = useQuery({
    queryKey: ["announcements", kind, id],
    queryFn: ({ signal }) => get<Page<Announcement>>(`/${kind}s/${id}/announcements?limit=200`, { signal }),
    refetchInterval: REFRESH_MS,
  });
  const refresh = useCallback(() => askAgain(client, ["announcements"]), [client]);
  // Whoever is told of one has it in their inbox.
  useEffect(() => inboxRevision.subscribe(() => void refresh()), [refresh]);
  return { items: query.data?.items, refresh };
}

export const confirmRead = (id: number) => send("PUT", `/announcements/${id}/read`);
