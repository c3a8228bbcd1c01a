import { Button, Menu } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useSyncExternalStore } from "react";
import { useText } from "../../i18n/language";
import { useNameOf, useWorkspace } from "../../live/hooks";
import { howLive } from "../../live/how-live";
import { type ManyBoardsSource, MOST_LIVE } from "../../live/many-boards";
import { connection } from "../../live/streams";
import { useWaiting } from "../../live/use-waiting";
import { AccountTabs } from "../../ui/account-tabs";
import { Glyph, glyphClass } from "../../ui/glyph";
import { LiveMark } from "../../ui/live-mark";
import { PageHeader } from "../../ui/page-header";
import { Tag } from "../../ui/tag";
import { useBoard } from "./board-context";
import styles from "./many-header.module.css";
import { otherBoards, toQueue, toTeam } from "./other-boards";
import { Presence } from "./presence";
import { useGroups } from "./use-arrangement";
import { useOverdue } from "./use-summary";

/** Whose work this is, over how many initiatives, and how live that is; from one's own work, the way to the others. */
export function ManyHeader({
  source,
  title,
  code,
}: {
  source: ManyBoardsSource;
  title: string;
  code?: string;
}) {
  const text = useText();
  const { view, canAdd } = useBoard();
  const { columns } = useGroups();
  const overdue = useOverdue();
  const { total, live } = useSyncExternalStore(source.counts.subscribe, source.counts.get);
  const streams = useSyncExternalStore(source.met.subscribe, source.met.get);
  const socket = useSyncExternalStore(connection.state.subscribe, connection.state.get);
  const waiting = useWaiting();
  return (
    <PageHeader
      title={title}
      lead={
        code !== undefined && (
          <Link to="/accounts" className={styles.back}>
            {text("accounts.title")} <span aria-hidden="true">/</span>
          </Link>
        )
      }
    >
      <span className={styles.wide}>
        {overdue > 0 && <Tag tone="bad">{text("board.overdue", { count: overdue })}</Tag>}
        <span className={styles.soft}>{text("many.initiatives", { count: total })}</span>
        {live < total && (
          <span title={text("many.partly_hint", { live: MOST_LIVE })}>
            <Tag tone="warn">{text("many.partly", { live, total })}</Tag>
          </span>
        )}
      </span>
      {code === undefined ? <OtherBoards /> : <AccountTabs code={code} />}
      <LiveMark state={howLive(socket, true)} waiting={waiting} />
      <Presence streams={streams} boardOf={(task) => source.set.boardOf(task)?.stream} />
      {canAdd && (
        <Button
          className={styles.add}
          size="xs"
          leftSection={<Glyph name="plus" />}
          onClick={() => view.adding.set(view.adding.get() ?? columns[0]?.key ?? null)}
        >
          {text("board.new_card")}
        </Button>
      )}
    </PageHeader>
  );
}

/** One's own work, the queues of the functions, and the work of the teams. */
function OtherBoards() {
  const text = useText();
  const nameOf = useNameOf();
  const { queues, teams } = otherBoards(useWorkspace());
  return (
    <Menu position="bottom-end" width={240} withinPortal>
      <Menu.Target>
        <button type="button" className={`${styles.button} ${glyphClass("layers")}`}>
          {text("many.others")}
        </button>
      </Menu.Target>
      <Menu.Dropdown className={styles.long}>
        <Menu.Item component={Link} to="/mine">
          {text("many.mine")}
        </Menu.Item>
        <Menu.Label>{text("many.queues")}</Menu.Label>
        {queues.map((one) => (
          <Menu.Item key={one.id} renderRoot={(props) => <Link {...toQueue(one)} {...props} />}>
            {nameOf(one)}
          </Menu.Item>
        ))}
        {teams.length > 0 && <Menu.Label>{text("many.teams")}</Menu.Label>}
        {teams.map((one) => (
          <Menu.Item key={one.id} renderRoot={(props) => <Link {...toTeam(one)} {...props} />}>
            {nameOf(one)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
