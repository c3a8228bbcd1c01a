import { useEffect } from "react";
import { loadMoreWords } from "../../i18n/language";
import type { BoardStore, Step } from "../../live/board-store";
import { whenFetched } from "../../ui/when-fetched";
import { useAnnouncements } from "./use-announcements";

const AnnouncementsWaiting = whenFetched(async () => {
  const [{ AnnouncementsWaiting: Waiting }] = await Promise.all([
    import("./announcements-waiting"),
    loadMoreWords(),
  ]);
  return { default: Waiting };
});

/** Over a board: what was announced there and waits for one's own confirmation. Fetched only where something does. */
export function AnnouncementBar({ store }: { store: BoardStore }) {
  const { items, refresh } = useAnnouncements({ kind: "project", id: store.projectId });
  useEffect(() => {
    const hear = (step: Step) => {
      if (typeof step !== "string" && step.events.some(({ body }) => body.type.startsWith("announcement.")))
        void refresh();
    };
    store.steps.add(hear);
    return () => void store.steps.delete(hear);
  }, [store, refresh]);
  const waiting = items?.filter((one) => one.is_asked) ?? [];
  const [first] = waiting;
  return first ? <AnnouncementsWaiting first={first} waiting={waiting} onChange={refresh} /> : null;
}
