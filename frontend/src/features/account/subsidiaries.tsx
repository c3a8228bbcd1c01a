import { Link } from "@tanstack/react-router";
import type { Account } from "../../api/types";
import { useText } from "../../i18n/language";
import { useNameOf } from "../../live/hooks";
import { AccountCode } from "../../ui/account-code";
import page from "../../ui/page.module.css";
import { Panel } from "../../ui/panel";
import styles from "./subsidiaries.module.css";

/** Accounts that belong to this one; nothing where there are none. */
export function Subsidiaries({ account }: { account: Account }) {
  const text = useText();
  const nameOf = useNameOf();
  if (account.children.length === 0) return null;
  return (
    <Panel title={text("account.subsidiaries")}>
      <ul>
        {account.children.map((child) => (
          <li key={child.id}>
            <Link
              to="/accounts/$code"
              params={{ code: child.code }}
              className={`${page.line} ${styles.link}`}
            >
              <AccountCode code={child.code} />
              {nameOf(child)}
            </Link>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
