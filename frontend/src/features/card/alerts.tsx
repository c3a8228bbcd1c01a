import { Button } from "@mantine/core";
import { IconArchive, IconBan, IconHourglass } from "@tabler/icons-react";
import { useSyncExternalStore } from "react";
import type { Task } from "../../api/types";
import { describeDue } from "../../i18n/due";
import { useFormat } from "../../i18n/format";
import { useText } from "../../i18n/language";
import { sendDeed } from "../../live/sent-deeds";
import { RefusalLine } from "../../ui/refusal-line";
import { Tag } from "../../ui/tag";
import { useSubmit } from "../../ui/use-submit";
import styles from "./alerts.module.css";
import { arrival } from "./arrival";
import { useCard } from "./card-context";
import { isClosed, useKeyOf } from "./card-names";

/** What should not be overlooked: it is archived, it waits for another card, it is late. */
export function Alerts() {
  const { store, task, statuses, details } = useCard();
  const text = useText();
  const format = useFormat();
  const keyOf = useKeyOf();
  const form = useSubmit();
  const arrived = useSyncExternalStore(arrival.subscribe, arrival.get);
  const categoryOf = (status: number) => statuses.find(({ id }) => id === status)?.category;
  const isOpen = !isClosed(categoryOf(task.status));
  const blockers = task.blocked_by.filter((id) => {
    const other = store.card(id);
    return other && !isClosed(categoryOf(other.status));
  });
  const due = task.due && isOpen ? describeDue(task.due, text, format) : null;
  const restore = () =>
    form.submit(async () =>
      details.accept(await sendDeed<Task>("restore", task, "POST", `/tasks/${task.id}/restore`)),
    );

  if (task.archived_at)
    return (
      <div className={styles.archived}>
        <IconArchive size={16} stroke={1.7} aria-hidden />
        <span>{text("card.archived", { date: format.moment(task.archived_at) })}</span>
        {task.can.includes("work") && (
          <Button size="compact-sm" variant="default" loading={form.isBusy} onClick={() => void restore()}>
            {text("card.restore")}
          </Button>
        )}
        <RefusalLine reason={form.reason} />
      </div>
    );
  if (arrived?.key === task.key)
    return (
      <p className={styles.arrived} role="status">
        {text("card.arrived", { key: task.key })} {arrived.lost}
      </p>
    );
  if (!(isOpen && blockers.length > 0) && due?.tone !== "past") return null;
  return (
    <p className={styles.tags}>
      {isOpen && blockers.length > 0 && (
        <Tag tone="warn">
          <IconBan size={14} stroke={1.8} aria-hidden />
          {text("board.blocked_by", { keys: format.list(blockers.map(keyOf)) })}
        </Tag>
      )}
      {due?.tone === "past" && (
        <Tag tone="bad">
          <IconHourglass size={14} stroke={1.8} aria-hidden />
          {due.words}
        </Tag>
      )}
    </p>
  );
}
