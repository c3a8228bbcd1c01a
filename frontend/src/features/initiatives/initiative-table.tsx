import { Link } from "@tanstack/react-router";
import type { ProjectRow } from "../../api/types";
import { useText } from "../../i18n/language";
import { useNameOf, useWorkspace } from "../../live/hooks";
import { AccountCode } from "../../ui/account-code";
import { Avatar } from "../../ui/avatar";
import { type Column, DataTable } from "../../ui/data-table";
import { DueChip } from "../../ui/due-chip";
import { FunctionMarks } from "../../ui/function-marks";
import page from "../../ui/page.module.css";
import rowLink from "../../ui/row-link.module.css";
import { isOver, STATES } from "./fitting";
import { HealthCell } from "./health-cell";
import { ProgressCell } from "./progress-cell";

export function InitiativeTable({ rows }: { rows: ProjectRow[] }) {
  const text = useText();
  return (
    <DataTable
      label={text("initiatives.title")}
      columns={useColumns()}
      rows={rows}
      keyOf={({ id }) => id}
      isSoft={isOver}
    />
  );
}

const HEALTH = { off_track: 0, at_risk: 1, on_track: 2, "": 3 };

function useColumns(): Column<ProjectRow>[] {
  const text = useText();
  const nameOf = useNameOf();
  const { people, functions } = useWorkspace();
  const accountOf = ({ account_name: name, account_name_zh: name_zh }: ProjectRow) =>
    nameOf({ name, name_zh });
  const leadOf = ({ lead }: ProjectRow) => {
    const person = lead === null ? undefined : people.get(lead);
    return person ? nameOf(person) : "";
  };
  return [
    {
      id: "name",
      head: text("initiatives.head_initiative"),
      sort: nameOf,
      cell: (row) => (
        <div>
          <Link to="/b/$projectKey" params={{ projectKey: row.key }} className={rowLink.link}>
            {nameOf(row)}
          </Link>
          <div className={page.small}>{row.key}</div>
        </div>
      ),
    },
    {
      id: "account",
      head: text("initiatives.account"),
      sort: (row) => row.account_code,
      cell: (row) =>
        row.account === null ? (
          <span className={page.faint}>{text("initiatives.internal")}</span>
        ) : (
          <span className={page.line} title={accountOf(row)}>
            <AccountCode code={row.account_code} />
            <span className={page.clip} style={{ maxWidth: 150 }}>
              {accountOf(row)}
            </span>
          </span>
        ),
    },
    {
      id: "health",
      head: text("initiatives.head_state"),
      sort: (row) => HEALTH[row.health] + 10 * STATES.indexOf(row.state),
      cell: (row) => <HealthCell project={row} />,
    },
    {
      id: "progress",
      head: text("initiatives.head_progress"),
      isBig: true,
      sort: (row) => row.progress,
      width: 160,
      cell: (row) => <ProgressCell project={row} />,
    },
    {
      id: "functions",
      head: text("initiatives.functions"),
      cell: (row) => <FunctionMarks functions={row.functions.map((id) => functions.get(id))} />,
    },
    {
      id: "lead",
      head: text("initiatives.lead"),
      sort: leadOf,
      cell: (row) => (
        <span className={page.line}>
          {row.lead !== null && <Avatar person={people.get(row.lead)} isNamed />}
          {leadOf(row)}
        </span>
      ),
    },
    {
      id: "overdue",
      head: text("accounts.head_overdue"),
      align: "end",
      isBig: true,
      sort: (row) => row.tasks_overdue,
      cell: (row) => <span className={row.tasks_overdue ? page.bad : page.faint}>{row.tasks_overdue}</span>,
    },
    {
      id: "due",
      head: text("initiatives.due"),
      align: "end",
      sort: (row) => row.due ?? "9999",
      cell: (row) => row.due && <DueChip due={row.due} isDone={isOver(row)} />,
    },
  ];
}
