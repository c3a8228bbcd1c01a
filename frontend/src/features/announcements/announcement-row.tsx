import { Button, Popover } from "@mantine/core";
import { IconCheck } from "@tabler/icons-react";
import { useState } from "react";
import type { Announcement } from "../../api/announcement-types";
import { send } from "../../api/client";
import { useFormat } from "../../i18n/format";
import { useText } from "../../i18n/language";
import { useNameOf, useWorkspace } from "../../live/hooks";
import { Avatar } from "../../ui/avatar";
import { ConfirmDialog } from "../../ui/confirm-dialog";
import { Markdown } from "../../ui/markdown";
import { RefusalLine } from "../../ui/refusal-line";
import { useSubmit } from "../../ui/use-submit";
import styles from "./announcements.module.css";
import { confirmRead } from "./use-announcements";

type Props = { announcement: Announcement; onChange: () => Promise<unknown> };

/** One announcement in full, with what one may do: confirm it, see who has, take it away. */
export function AnnouncementRow({ announcement: one, onChange }: Props) {
  const text = useText();
  const format = useFormat();
  const nameOf = useNameOf();
  const author = useWorkspace().people.get(one.author);
  const form = useSubmit();
  const [isRemoving, setRemoving] = useState(false);
  const confirm = () =>
    form.submit(async () => {
      await confirmRead(one.id);
      await onChange();
    });
  return (
    <li className={`${styles.row} ${one.is_asked ? styles.isAsked : ""}`}>
      <h3 className={styles.title}>{one.title}</h3>
      <p className={styles.by}>
        <Avatar person={author} size="tiny" />
        {author ? nameOf(author) : text("person.unknown")}
        <time dateTime={one.created_at} title={format.fullMoment(one.created_at)}>
          {format.ago(one.created_at)}
        </time>
      </p>
      {one.body && <Markdown text={one.body} />}
      <div className={styles.foot}>
        {one.is_asked && (
          <Button
            size="compact-sm"
            leftSection={<IconCheck size={15} aria-hidden />}
            loading={form.isBusy}
            onClick={() => void confirm()}
          >
            {text("announcements.confirm")}
          </Button>
        )}
        {one.asks && <Readers announcement={one} />}
        {one.can.includes("remove") && (
          <Button size="compact-sm" variant="subtle" color="gray" onClick={() => setRemoving(true)}>
            {text("action.remove")}
          </Button>
        )}
      </div>
      <RefusalLine reason={form.reason} />
      {isRemoving && (
        <ConfirmDialog
          title={text("announcements.remove_title")}
          lead={text("announcements.remove_lead", { title: one.title })}
          action={text("action.remove")}
          isDanger
          onConfirm={async () => {
            await send("DELETE", `/announcements/${one.id}`);
            await onChange();
          }}
          onClose={() => setRemoving(false)}
        />
      )}
    </li>
  );
}

/** "5 of 7 have read it", and who they are. */
function Readers({ announcement: { read, unread } }: { announcement: Announcement }) {
  const text = useText();
  return (
    <Popover position="bottom-start" trapFocus returnFocus withinPortal>
      <Popover.Target>
        <Button size="compact-sm" variant="default">
          {text("announcements.read_by", { count: read.length, total: read.length + unread.length })}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <div className={styles.readers}>
          <People title={text("announcements.have_not")} ids={unread} />
          <People title={text("announcements.have")} ids={read} />
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}

function People({ title, ids }: { title: string; ids: number[] }) {
  const text = useText();
  const nameOf = useNameOf();
  const { people } = useWorkspace();
  if (ids.length === 0) return null;
  return (
    <section>
      <h4 className={styles.who}>{title}</h4>
      <ul className={styles.people}>
        {ids.map((id) => {
          const person = people.get(id);
          return (
            <li key={id}>
              <Avatar person={person} size="tiny" />
              {person ? nameOf(person) : text("person.unknown")}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
