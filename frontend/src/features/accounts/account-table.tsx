import { Link } from "@tanstack/react-router";
import type { AccountRow } from "../../api/types";
import { useLocale, useText } from "../../i18n/language";
import { useNameOf, useWorkspace } from "../../live/hooks";
import { AccountCode } from "../../ui/account-code";
import { Avatar } from "../../ui/avatar";
import { type Column, DataTable } from "../../ui/data-table";
import page from "../../ui/page.module.css";
import rowLink from "../../ui/row-link.module.css";
import { TierBadge } from "../../ui/tier-badge";
import { rankOf } from "./fitting";
import { useIndustry } from "./use-industry";

export function AccountTable({ rows }: { rows: AccountRow[] }) {
  const text = useText();
  return (
    <DataTable
      label={text("accounts.title")}
      columns={useColumns()}
      rows={rows}
      keyOf={({ id }) => id}
      isSoft={({ tier }) => tier === "exited"}
    />
  );
}

function useColumns(): Column<AccountRow>[] {
  const { language, text } = useLocale();
  const nameOf = useNameOf();
  const industryOf = useIndustry();
  const { people } = useWorkspace();
  const ownerName = ({ owner }: AccountRow) => {
    const person = owner === null ? undefined : people.get(owner);
    return person ? nameOf(person) : "";
  };
  const otherName = (row: AccountRow) => (language === "en" ? row.name_zh : row.name);
  const number = (id: "projects" | "tasks_open", head: string): Column<AccountRow> => ({
    id,
    head,
    align: "end",
    isBig: true,
    sort: (row) => row[id],
    cell: (row) => <span className={row[id] ? "" : page.faint}>{row[id]}</span>,
  });
  return [
    {
      id: "name",
      head: text("accounts.head_account"),
      sort: nameOf,
      cell: (row) => (
        <span className={page.line}>
          <AccountCode code={row.code} />
          <Link to="/accounts/$code" params={{ code: row.code }} className={`${rowLink.link} ${page.clip}`}>
            {nameOf(row)}
          </Link>
          {otherName(row) && otherName(row) !== nameOf(row) && (
            <span className={`${page.small} ${page.clip}`} lang={language === "en" ? "zh-Hans" : "en"}>
              {otherName(row)}
            </span>
          )}
        </span>
      ),
    },
    {
      id: "tier",
      head: text("accounts.field_tier"),
      sort: (row) => rankOf(row.tier),
      cell: (row) => <TierBadge tier={row.tier} />,
    },
    {
      id: "industry",
      head: text("accounts.head_industry"),
      sort: industryOf,
      cell: (row) => <span className={page.soft}>{industryOf(row)}</span>,
    },
    {
      id: "owner",
      head: text("accounts.field_owner"),
      sort: ownerName,
      cell: (row) => (
        <span className={page.line}>
          {row.owner !== null && <Avatar person={people.get(row.owner)} isNamed />}
          {ownerName(row)}
        </span>
      ),
    },
    {
      id: "vacancies",
      head: text("accounts.head_vacancies"),
      align: "end",
      isBig: true,
      sort: (row) => row.vacancies,
      cell: (row) => <span className={row.vacancies ? "" : page.faint}>{row.vacancies}</span>,
    },
    number("projects", text("accounts.head_projects")),
    number("tasks_open", text("accounts.head_open")),
    {
      id: "tasks_overdue",
      head: text("accounts.head_overdue"),
      align: "end",
      isBig: true,
      sort: (row) => row.tasks_overdue,
      cell: (row) => <span className={row.tasks_overdue ? page.bad : page.faint}>{row.tasks_overdue}</span>,
    },
  ];
}
