import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useSyncExternalStore } from "react";
import { get, send } from "../api/client";
import type { Bundle, InboxPage, Shelf, Triage } from "../api/inbox-types";
import { askAgain } from "./ask-again";
import { inboxRevision, tellUnread, unread } from "./inbox";

export const useUnread = () => useSyncExternalStore(unread.subscribe, unread.get);

/** A shelf of the inbox, page after page; asked for again when the person's own stream says that it has changed. */
export function useInbox(shelf: Shelf) {
  const client = useQueryClient();
  const query = useInfiniteQuery({
    queryKey: ["inbox", shelf],
    queryFn: ({ pageParam, signal }) =>
      get<InboxPage>(`/inbox?shelf=${shelf}&limit=50&cursor=${encodeURIComponent(pageParam)}`, { signal }),
    initialPageParam: "",
    getNextPageParam: (last) => last.next,
    refetchOnMount: "always", // nobody listened while no inbox was shown
  });
  useEffect(() => inboxRevision.subscribe(() => void askAgain(client, ["inbox"])), [client]);
  return { ...query, bundles: query.data?.pages.flatMap(({ items }) => items) };
}

/** Reads, puts away or puts off news as far as the person has seen it; shown at once, and put back when refused. */
export function useTriage(shelf: Shelf) {
  const client = useQueryClient();
  return async (bundles: readonly Bundle[], what: Triage) => {
    const subjects = new Set(bundles.map(({ subject }) => subject));
    const leaves = what.done !== undefined || what.snoozed_until !== undefined;
    client.setQueryData<{ pages: InboxPage[]; pageParams: string[] }>(["inbox", shelf], (data) => {
      if (!data) return data;
      const change = (items: Bundle[]) =>
        leaves
          ? items.filter(({ subject }) => !subjects.has(subject))
          : items.map((one) => (subjects.has(one.subject) ? asRead(one, what.read !== false) : one));
      return { ...data, pages: data.pages.map((page) => ({ ...page, items: change(page.items) })) };
    });
    const up_to = Math.max(...bundles.flatMap(({ items }) => items.map(({ id }) => id)));
    try {
      const answer = await send<{ unread: number }>("PATCH", "/inbox", {
        body: { subjects: [...subjects], up_to, ...what },
      });
      tellUnread(answer.unread);
    } catch (error) {
      await askAgain(client, ["inbox"]);
      throw error;
    }
  };
}

const asRead = (bundle: Bundle, isRead: boolean): Bundle => ({
  ...bundle,
  unread: isRead ? 0 : bundle.items.length,
  items: bundle.items.map((one) => ({ ...one, is_read: isRead })),
});

/** Hears no more of a card, or hears of it again. */
export function useMute() {
  const client = useQueryClient();
  return async ({ task, is_muted }: Bundle) => {
    if (task === null) return;
    await send(is_muted ? "DELETE" : "PUT", `/tasks/${task}/mute`);
    await askAgain(client, ["inbox"]);
  };
}
