import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useState } from "react";
import { useText } from "../../i18n/language";
import { Panel } from "../../ui/panel";
import { AnnouncementRow } from "./announcement-row";
import styles from "./announcements.module.css";
import { NewAnnouncement } from "./new-announcement";
import { type Place, useAnnouncements } from "./use-announcements";

const FIRST = 3;

/** What everybody on an account or an initiative should know, and who has read it. */
export function Announcements({ place, canAnnounce }: { place: Place; canAnnounce: boolean }) {
  const text = useText();
  const { items, refresh } = useAnnouncements(place);
  const [isNew, setNew] = useState(false);
  const [isWhole, setWhole] = useState(false);
  // Who may announce has the panel from the beginning, so that nothing moves when its content comes.
  if (!items?.length && !canAnnounce) return null;
  const all = items ?? [];
  const shown = isWhole ? all : all.slice(0, FIRST);
  return (
    <Panel
      title={text("announcements.title")}
      action={
        canAnnounce && (
          <Button
            size="compact-sm"
            variant="subtle"
            leftSection={<IconPlus size={15} aria-hidden />}
            onClick={() => setNew(true)}
          >
            {text("announcements.new")}
          </Button>
        )
      }
    >
      {all.length === 0 && <p className={styles.empty}>{items && text("announcements.none")}</p>}
      <ul className={styles.list}>
        {shown.map((one) => (
          <AnnouncementRow key={one.id} announcement={one} onChange={refresh} />
        ))}
      </ul>
      {all.length > shown.length && (
        <Button size="compact-xs" variant="subtle" onClick={() => setWhole(true)}>
          {text("announcements.older", { count: all.length - shown.length })}
        </Button>
      )}
      {isNew && <NewAnnouncement place={place} onDone={refresh} onClose={() => setNew(false)} />}
    </Panel>
  );
}
