import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { Account } from "../../api/types";
import { useFormat } from "../../i18n/format";
import { useLocale } from "../../i18n/language";
import { useNameOf, usePerson } from "../../live/hooks";
import { Avatar } from "../../ui/avatar";
import page from "../../ui/page.module.css";
import { TierBadge } from "../../ui/tier-badge";
import styles from "./account-head.module.css";

/** Who this customer is: both names, tier, what they do, whom they belong to, and who looks after them. */
export function AccountHead({ account, children }: { account: Account; children: ReactNode }) {
  const { language, text } = useLocale();
  const format = useFormat();
  const nameOf = useNameOf();
  const owner = usePerson(account.owner);
  const isEnglish = language === "en";
  const otherName = isEnglish ? account.name_zh : account.name;
  const industry = (!isEnglish && account.industry_zh) || account.industry || account.industry_zh;
  const facts = [industry, account.country && format.country(account.country)].filter(Boolean);
  const parent = account.parent_account;
  return (
    <header className={styles.head}>
      <span className={styles.code} aria-hidden="true">
        {account.code}
      </span>
      <div className={styles.words}>
        <div className={styles.name}>
          <h2>{nameOf(account)}</h2>
          {otherName && otherName !== nameOf(account) && (
            <span className={styles.other} lang={isEnglish ? "zh-Hans" : "en"}>
              {otherName}
            </span>
          )}
          <TierBadge tier={account.tier} />
        </div>
        <p className={`${page.wrap} ${styles.facts}`}>
          <span className={styles.codeWord}>{account.code}</span>
          {facts.map((fact) => (
            <span key={fact}>{fact}</span>
          ))}
          {parent && (
            <span>
              {text("account.part_of")}{" "}
              <Link to="/accounts/$code" params={{ code: parent.code }} className={styles.link}>
                {nameOf(parent)}
              </Link>
            </span>
          )}
          {owner && (
            <span className={page.line}>
              <span>{text("accounts.field_owner")}</span>
              <Avatar person={owner} isNamed />
              <span className={styles.owner}>{nameOf(owner)}</span>
            </span>
          )}
        </p>
      </div>
      <div className={styles.actions}>{children}</div>
    </header>
  );
}
