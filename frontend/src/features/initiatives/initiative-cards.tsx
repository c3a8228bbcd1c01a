import { Link } from "@tanstack/react-router";
import type { ProjectRow } from "../../api/types";
import { useText } from "../../i18n/language";
import { useNameOf, useWorkspace } from "../../live/hooks";
import { AccountCode } from "../../ui/account-code";
import { Avatar } from "../../ui/avatar";
import { DueChip } from "../../ui/due-chip";
import { FunctionMarks } from "../../ui/function-marks";
import page from "../../ui/page.module.css";
import rowLink from "../../ui/row-link.module.css";
import { isOver } from "./fitting";
import { HealthCell } from "./health-cell";
import styles from "./initiative-cards.module.css";
import { ProgressCell } from "./progress-cell";

/** The list on a phone. */
export function InitiativeCards({ rows }: { rows: ProjectRow[] }) {
  const text = useText();
  const nameOf = useNameOf();
  const { people, functions } = useWorkspace();
  return (
    <ul className={page.cards} aria-label={text("initiatives.title")}>
      {rows.map((row) => (
        <li key={row.id} className={styles.card}>
          <div className={page.line}>
            {row.account !== null && <AccountCode code={row.account_code} />}
            <Link
              to="/b/$projectKey"
              params={{ projectKey: row.key }}
              className={`${rowLink.link} ${page.clip}`}
            >
              {nameOf(row)}
            </Link>
            <span className={styles.due}>{row.due && <DueChip due={row.due} isDone={isOver(row)} />}</span>
          </div>
          <HealthCell project={row} />
          <div className={styles.foot}>
            <ProgressCell project={row} />
            <FunctionMarks functions={row.functions.map((id) => functions.get(id))} />
            {row.lead !== null && <Avatar person={people.get(row.lead)} />}
          </div>
          {row.tasks_overdue > 0 && (
            <span className={`${page.small} ${page.bad}`}>
              {text("board.overdue", { count: row.tasks_overdue })}
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}
