import { Link } from "@tanstack/react-router";
import type { Account, ProjectRow } from "../../api/types";
import { useText } from "../../i18n/language";
import { useNameOf, usePerson } from "../../live/hooks";
import { useProjectsOf } from "../../live/query-hooks";
import { Avatar } from "../../ui/avatar";
import { DueChip } from "../../ui/due-chip";
import { HealthBadge } from "../../ui/health-badge";
import page from "../../ui/page.module.css";
import { Panel } from "../../ui/panel";
import { ProgressBar } from "../../ui/progress-bar";
import rowLink from "../../ui/row-link.module.css";
import { Spinner } from "../../ui/spinner";
import { Tag } from "../../ui/tag";
import styles from "./initiatives.module.css";

const isOver = ({ state }: ProjectRow) => state === "done" || state === "cancelled";

/** What is under way for this customer; each opens its board. */
export function Initiatives({ account }: { account: Account }) {
  const text = useText();
  const { data: projects } = useProjectsOf(account.id);
  const sorted = projects?.toSorted(
    (a, b) => Number(isOver(a)) - Number(isOver(b)) || (a.due ?? "9").localeCompare(b.due ?? "9"),
  );
  const running = projects?.filter((project) => !isOver(project)).length ?? 0;
  return (
    <Panel
      title={text("initiatives.title")}
      aside={projects && text("account.under_way", { count: running })}
    >
      {!sorted && <Spinner />}
      {sorted?.length === 0 && (
        <p className={page.soft}>
          {text(account.can.includes("work") ? "account.no_initiatives" : "account.no_initiatives_reader")}
        </p>
      )}
      <ul>
        {sorted?.map((project) => (
          <Initiative key={project.id} project={project} />
        ))}
      </ul>
    </Panel>
  );
}

function Initiative({ project }: { project: ProjectRow }) {
  const text = useText();
  const nameOf = useNameOf();
  const lead = usePerson(project.lead);
  const counted = project.tasks_total
    ? text("initiatives.progress", { done: project.tasks_done, count: project.tasks_total })
    : text("initiatives.no_cards");
  return (
    <li className={`${styles.row} ${isOver(project) ? styles.over : ""}`}>
      <div className={styles.what}>
        <Link to="/b/$projectKey" params={{ projectKey: project.key }} className={rowLink.link}>
          {nameOf(project)}
        </Link>
        <p className={`${page.small} ${page.clip}`}>
          {project.key}
          {project.summary && ` · ${project.summary.split("\n", 1)[0]}`}
        </p>
      </div>
      <div className={styles.progress}>
        <ProgressBar percent={project.progress} label={counted} />
        <span className={page.small}>{counted}</span>
      </div>
      <div className={styles.health}>
        {project.state === "active" && project.health ? (
          <HealthBadge health={project.health} note={project.health_note} />
        ) : (
          <Tag>{text(`state.${project.state}`)}</Tag>
        )}
        {project.tasks_overdue > 0 && (
          <span className={`${page.small} ${page.bad}`}>
            {text("board.overdue", { count: project.tasks_overdue })}
          </span>
        )}
      </div>
      <span className={styles.due}>
        {project.due && <DueChip due={project.due} isDone={isOver(project)} />}
        {lead && <Avatar person={lead} />}
      </span>
    </li>
  );
}
