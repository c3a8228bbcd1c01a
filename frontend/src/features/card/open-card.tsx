import { useEffect } from "react";
import { useText } from "../../i18n/language";
import { useFacts } from "../../live/board-hooks";
import type { BoardStore } from "../../live/board-store";
import { useCardDetails } from "../../live/card-hooks";
import { useMe } from "../../live/hooks";
import { looking } from "../../live/looking";
import { MentionContext } from "../../ui/mentions";
import { Spinner } from "../../ui/spinner";
import { Alerts } from "./alerts";
import { type Card, CardContext } from "./card-context";
import styles from "./card-sheet.module.css";
import { Checklist } from "./checklist";
import { Comments } from "./comments";
import { Composer } from "./composer";
import { Description } from "./description";
import { Fields } from "./fields";
import { Files } from "./files";
import { Head } from "./head";
import { History } from "./history";
import { Links } from "./links";
import { MentionChip } from "./mention-chip";
import { MissingCard } from "./missing-card";
import { Title } from "./title";
import { WaitsForFunction } from "./waits-for-function";

/** The sheet of a card that is here: the text on the left, the facts and what happened on the right. */
export function OpenCard({ store, id, onClose }: { store: BoardStore; id: number; onClose: () => void }) {
  const text = useText();
  const me = useMe();
  const { project, statuses, transitions } = useFacts(store);
  const { details, phase, shown, hasOlder } = useCardDetails(store, id);
  const title = shown?.task.title;

  useEffect(() => {
    looking.set({ task: id, field: null });
    return () => looking.set({ task: null, field: null });
  }, [id]);
  useEffect(() => {
    const before = document.title;
    if (title) document.title = `${title} · Accord`;
    return () => {
      document.title = before;
    };
  }, [title]);

  if (phase === "gone" || phase === "failed")
    return <MissingCard isMissing={phase === "gone"} onClose={onClose} />;
  if (!shown) return <Spinner label={text("card.loading")} />;
  const { can, archived_at } = shown.task;
  const card: Card = {
    ...shown,
    store,
    details,
    project,
    statuses,
    transitions,
    me,
    canWork: can.includes("work") && archived_at === null,
    canComment: can.includes("comment") && archived_at === null,
    canManage: can.includes("manage"),
    hasOlder,
  };
  return (
    <CardContext value={card}>
      <MentionContext value={MentionChip}>
        <Head onClose={onClose} />
        <div className={styles.body}>
          <div className={styles.left}>
            <div className={styles.main}>
              <div>
                <Title />
                <Alerts />
                <WaitsForFunction />
              </div>
              <Description />
              <Checklist />
              <Links />
              <Files />
              <Comments />
            </div>
            {card.canComment && <Composer />}
          </div>
          <aside className={styles.side} aria-label={text("card.facts")}>
            <Fields />
            <History />
          </aside>
        </div>
      </MentionContext>
    </CardContext>
  );
}
