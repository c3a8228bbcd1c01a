import { Button, Modal } from "@mantine/core";
import { IconSpeakerphone } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import { useText } from "../../i18n/language";
import type { BoardStore, Step } from "../../live/board-store";
import { useNameOf, useWorkspace } from "../../live/hooks";
import { AnnouncementRow } from "./announcement-row";
import styles from "./announcements.module.css";
import { useAnnouncements } from "./use-announcements";

/** Over a board: what was announced there and waits for one's own confirmation. Nothing where nothing does. */
export function AnnouncementBar({ store }: { store: BoardStore }) {
  const text = useText();
  const nameOf = useNameOf();
  const { people } = useWorkspace();
  const { items, refresh } = useAnnouncements({ kind: "project", id: store.projectId });
  const [isOpen, setOpen] = useState(false);
  useEffect(() => {
    const hear = (step: Step) => {
      if (typeof step !== "string" && step.events.some(({ body }) => body.type.startsWith("announcement.")))
        void refresh();
    };
    store.steps.add(hear);
    return () => void store.steps.delete(hear);
  }, [store, refresh]);
  const waiting = items?.filter((one) => one.is_asked) ?? [];
  const first = waiting[0];
  if (!first) return null;
  const author = people.get(first.author);
  return (
    <section className={styles.bar} aria-label={text("announcements.title")}>
      <IconSpeakerphone size={16} stroke={1.7} aria-hidden />
      <p className={styles.words}>
        {text("announcements.announced", {
          name: author ? nameOf(author) : text("person.unknown"),
          title: first.title,
        })}
        {waiting.length > 1 && (
          <span className={styles.rest}>{text("announcements.and_more", { count: waiting.length - 1 })}</span>
        )}
      </p>
      <Button size="compact-sm" variant="default" onClick={() => setOpen(true)}>
        {text("announcements.read")}
      </Button>
      <Modal
        opened={isOpen}
        onClose={() => setOpen(false)}
        title={text("announcements.title")}
        size={640}
        closeButtonProps={{ "aria-label": text("action.close") }}
      >
        <ul className={styles.list}>
          {waiting.map((one) => (
            <AnnouncementRow key={one.id} announcement={one} onChange={refresh} />
          ))}
        </ul>
      </Modal>
    </section>
  );
}
