import { Link } from "@tanstack/react-router";
import type { AccountRow } from "../../api/types";
import { useText } from "../../i18n/language";
import { useNameOf, useWorkspace } from "../../live/hooks";
import { AccountCode } from "../../ui/account-code";
import { Avatar } from "../../ui/avatar";
import page from "../../ui/page.module.css";
import rowLink from "../../ui/row-link.module.css";
import { TierBadge } from "../../ui/tier-badge";
import styles from "./account-cards.module.css";
import { useIndustry } from "./use-industry";

/** The list on a phone. */
export function AccountCards({ rows }: { rows: AccountRow[] }) {
  const text = useText();
  const nameOf = useNameOf();
  const industryOf = useIndustry();
  const { people } = useWorkspace();
  return (
    <ul className={page.cards} aria-label={text("accounts.title")}>
      {rows.map((row) => (
        <li key={row.id}>
          <div className={styles.head}>
            <AccountCode code={row.code} />
            <Link to="/accounts/$code" params={{ code: row.code }} className={`${rowLink.link} ${page.clip}`}>
              {nameOf(row)}
            </Link>
            <span className={styles.tier}>
              <TierBadge tier={row.tier} />
            </span>
          </div>
          <div className={page.wrap}>
            {row.owner !== null && (
              <span className={page.line}>
                <Avatar person={people.get(row.owner)} isNamed />
                {people.has(row.owner) && nameOf(people.get(row.owner) as never)}
              </span>
            )}
            <span className={page.small}>{industryOf(row)}</span>
          </div>
          <div className={`${page.wrap} ${page.small}`}>
            <span>{text("accounts.initiatives", { count: row.projects })}</span>
            <span>{text("accounts.open", { count: row.tasks_open })}</span>
            {row.tasks_overdue > 0 && (
              <span className={page.bad}>{text("board.overdue", { count: row.tasks_overdue })}</span>
            )}
            {row.vacancies > 0 && <span>{text("accounts.vacancies", { count: row.vacancies })}</span>}
          </div>
        </li>
      ))}
    </ul>
  );
}
