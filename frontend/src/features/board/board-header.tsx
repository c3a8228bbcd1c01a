import { IconSettings } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useMemo } from "react";
import type { BoardProject } from "../../api/types";
import { daysBetween, useFormat } from "../../i18n/format";
import { useText } from "../../i18n/language";
import { useNameOf } from "../../live/hooks";
import { AccountCode } from "../../ui/account-code";
import { Glyph, glyphClass } from "../../ui/glyph";
import { HealthBadge } from "../../ui/health-badge";
import { LiveMark, type LiveState } from "../../ui/live-mark";
import main from "../../ui/main-button.module.css";
import { Tag } from "../../ui/tag";
import { TierBadge } from "../../ui/tier-badge";
import { useBoard } from "./board-context";
import styles from "./board-header.module.css";
import { Presence } from "./presence";
import { useGroups } from "./use-arrangement";
import { useOverdue } from "./use-summary";

type BoardHeaderProps = { project: BoardProject; stream: string; live: LiveState; waiting: number };

/** Whose board this is and how it stands: customer, initiative, health, what is late, who is here. */
export function BoardHeader({ project, stream, live, waiting }: BoardHeaderProps) {
  const { view, canAdd } = useBoard();
  const { columns } = useGroups();
  const text = useText();
  const nameOf = useNameOf();
  const overdue = useOverdue();
  const streams = useMemo(() => [stream], [stream]);

  return (
    <header className={styles.head}>
      <Link
        to="/initiatives"
        className={`${styles.back} ${glyphClass("chevron-left")}`}
        aria-label={text("nav.back")}
      />
      {project.account !== null && (
        <Link to="/accounts/$code" params={{ code: project.account_code }} className={styles.account}>
          <AccountCode code={project.account_code} />
          <span>{nameOf({ name: project.account_name, name_zh: project.account_name_zh })}</span>
        </Link>
      )}
      <span className={styles.wide}>{project.account_tier && <TierBadge tier={project.account_tier} />}</span>
      {project.account !== null && (
        <span className={styles.wide}>
          <Glyph name="chevron" />
        </span>
      )}
      <h1 className={styles.title}>{nameOf(project)}</h1>
      <span className={styles.wide}>
        <HealthBadge health={project.health} note={project.health_note} />
        {overdue > 0 && <Tag tone="bad">{text("board.overdue", { count: overdue })}</Tag>}
        {project.due && <ProjectDue due={project.due} />}
      </span>
      <Link
        to="/initiatives/$key/settings"
        params={{ key: project.key }}
        className={styles.settings}
        aria-label={text("board.settings")}
        title={text("board.settings")}
      >
        <IconSettings size={17} stroke={1.6} aria-hidden />
      </Link>
      <span className={styles.grow} />
      <LiveMark state={live} waiting={waiting} />
      <Presence streams={streams} />
      {canAdd && (
        <button
          type="button"
          className={`${main.button} ${styles.add}`}
          onClick={() => view.adding.set(view.adding.get() ?? columns[0]?.key ?? null)}
        >
          <Glyph name="plus" />
          {text("board.new_card")}
        </button>
      )}
    </header>
  );
}

function ProjectDue({ due }: { due: string }) {
  const text = useText();
  const format = useFormat();
  const days = daysBetween(format.today(), due);
  const date = format.date(due);
  const words =
    days < 0
      ? text("board.due_late", { date, count: -days })
      : days > 60
        ? text("board.due", { date })
        : text("board.due_in", { date, count: days });
  return <span className={styles.due}>{words}</span>;
}
