import { Button, Modal } from "@mantine/core";
import { IconSpeakerphone } from "@tabler/icons-react";
import { useState } from "react";
import type { Announcement } from "../../api/announcement-types";
import { useText } from "../../i18n/language";
import { useNameOf, useWorkspace } from "../../live/hooks";
import { AnnouncementRow } from "./announcement-row";
import styles from "./announcements.module.css";

type WaitingProps = { first: Announcement; waiting: Announcement[]; onChange: () => Promise<void> };

/** What waits for one's own confirmation: the newest by its title, all of them once it is opened. */
export function AnnouncementsWaiting({ first, waiting, onChange }: WaitingProps) {
  const text = useText();
  const nameOf = useNameOf();
  const { people } = useWorkspace();
  const [isOpen, setOpen] = useState(false);
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
            <AnnouncementRow key={one.id} announcement={one} onChange={onChange} />
          ))}
        </ul>
      </Modal>
    </section>
  );
}
