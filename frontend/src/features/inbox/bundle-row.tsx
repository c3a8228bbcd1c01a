import { ActionIcon, Menu } from "@mantine/core";
import {
  IconArrowBackUp,
  IconBell,
  IconBellOff,
  IconCheck,
  IconClock,
  IconMail,
  IconMailOpened,
} from "@tabler/icons-react";
import { memo } from "react";
import type { Bundle, Shelf } from "../../api/inbox-types";
import { useFormat } from "../../i18n/format";
import { useText } from "../../i18n/language";
import { useNameOf } from "../../live/hooks";
import { AccountCode } from "../../ui/account-code";
import { Tag } from "../../ui/tag";
import styles from "./inbox.module.css";
import { laterTimes } from "./later-times";
import { NewsLine } from "./news-line";
import type { InboxActs } from "./use-inbox-actions";

type Props = { bundle: Bundle; shelf: Shelf; isChosen: boolean; onChoose: () => void; act: InboxActs };
const SHOWN = 3;
const PRESSING: ReadonlySet<Bundle["reason"]> = new Set(["mentioned", "assigned", "announced", "handed"]);

/** The news on one card: why I hear of it, what happened, and what to do with it. */
export const BundleRow = memo(function BundleRow({ bundle, shelf, isChosen, onChoose, act }: Props) {
  const text = useText();
  const nameOf = useNameOf();
  const { reason, project, account } = bundle;
  const isPressing = PRESSING.has(reason);
  return (
    <li
      className={`${styles.bundle} ${bundle.unread ? styles.isUnread : ""} ${isChosen ? styles.isChosen : ""}`}
    >
      <div className={styles.head}>
        {account && <AccountCode code={account.code} />}
        <span className={styles.where}>{project ? nameOf(project) : ""}</span>
        <Tag tone={isPressing ? "accent" : "plain"}>{text(`inbox.reason_${reason}`)}</Tag>
        {bundle.is_muted && <Tag>{text("inbox.muted")}</Tag>}
      </div>
      <button
        type="button"
        id={`news-${bundle.subject}`}
        className={styles.title}
        onFocus={onChoose}
        onClick={() => act.open(bundle)}
        aria-describedby={`words-${bundle.subject}`}
      >
        {bundle.key && <span className={styles.key}>{bundle.key}</span>}
        {bundle.title}
        {bundle.unread > 0 && <span className={styles.dot} role="img" aria-label={text("inbox.unread")} />}
      </button>
      <ul className={styles.all} id={`words-${bundle.subject}`}>
        {bundle.items.slice(0, SHOWN).map((news) => (
          <NewsLine key={news.id} news={news} />
        ))}
      </ul>
      <div className={styles.foot}>
        {bundle.total > SHOWN && (
          <p className={styles.rest}>{text("inbox.and_more", { count: bundle.total - SHOWN })}</p>
        )}
        <Buttons bundle={bundle} shelf={shelf} act={act} />
      </div>
    </li>
  );
});

function Buttons({ bundle, shelf, act }: Pick<Props, "bundle" | "shelf" | "act">) {
  const text = useText();
  const isDone = shelf === "done";
  const named = (word: Parameters<typeof text>[0]) => ({ "aria-label": text(word), title: text(word) });
  return (
    <span className={styles.buttons}>
      {bundle.task !== null && (
        <ActionIcon
          variant="subtle"
          color="gray"
          {...named(bundle.is_muted ? "inbox.unmute" : "inbox.mute")}
          onClick={() => act.mute(bundle)}
        >
          {bundle.is_muted ? <IconBell size={16} aria-hidden /> : <IconBellOff size={16} aria-hidden />}
        </ActionIcon>
      )}
      {!isDone && <SnoozeMenu onChoose={(until) => act.snooze(bundle, until)} />}
      {!isDone && (
        <ActionIcon
          variant="subtle"
          color="gray"
          {...named(bundle.unread ? "inbox.read" : "inbox.unread_again")}
          onClick={() => act.read(bundle)}
        >
          {bundle.unread ? <IconMailOpened size={16} aria-hidden /> : <IconMail size={16} aria-hidden />}
        </ActionIcon>
      )}
      <ActionIcon
        variant="subtle"
        color="gray"
        {...named(isDone ? "inbox.bring_back" : "inbox.done")}
        onClick={() => act.done(bundle)}
      >
        {isDone ? <IconArrowBackUp size={16} aria-hidden /> : <IconCheck size={16} aria-hidden />}
      </ActionIcon>
    </span>
  );
}

function SnoozeMenu({ onChoose }: { onChoose: (until: string) => void }) {
  const text = useText();
  const format = useFormat();
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={text("inbox.snooze")}
          title={text("inbox.snooze")}
        >
          <IconClock size={16} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {laterTimes(new Date()).map(({ word, at }) => (
          <Menu.Item key={word} onClick={() => onChoose(at.toISOString())}>
            {text(word)} <span className={styles.when}>{format.moment(at.toISOString())}</span>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
