import { Button } from "@mantine/core";
import { IconUserPlus } from "@tabler/icons-react";
import { useState } from "react";
import type { Account, TeamMember } from "../../api/types";
import { useText } from "../../i18n/language";
import { useWorkspace } from "../../live/hooks";
import { FunctionBadge } from "../../ui/function-badge";
import { Panel } from "../../ui/panel";
import { MemberDialog } from "./member-dialog";
import { MemberRow } from "./member-row";
import styles from "./team.module.css";
import { TeamGroups } from "./team-groups";

/** Who looks after this customer, function by function; a function that nobody fills stands there as an empty place. */
export function Team({ account, canManage }: { account: Account; canManage: boolean }) {
  const text = useText();
  const { functions } = useWorkspace();
  const [asked, ask] = useState<{ member?: TeamMember; function?: number | null } | null>(null);
  const inOrder = [...functions.values()].sort((a, b) => a.position - b.position || a.id - b.id);
  const others = account.team.filter((member) => member.function === null || !functions.has(member.function));
  const vacant = new Set(account.vacant_functions);
  const aside = [
    text("account.people", { count: account.team.length }),
    ...(vacant.size ? [text("accounts.vacancies", { count: vacant.size })] : []),
  ].join(" · ");
  const member = (one: TeamMember) => (
    <MemberRow
      key={one.person}
      account={account}
      member={one}
      onEdit={canManage ? () => ask({ member: one }) : undefined}
    />
  );
  return (
    <Panel
      title={text("account.team")}
      aside={aside}
      action={
        canManage && (
          <Button
            size="compact-sm"
            variant="subtle"
            leftSection={<IconUserPlus size={15} stroke={1.7} aria-hidden />}
            onClick={() => ask({})}
          >
            {text("action.add")}
          </Button>
        )
      }
    >
      <div className={styles.functions}>
        {inOrder.map((work) => (
          <section key={work.id} className={styles.function}>
            <h3>
              <FunctionBadge of={work} />
            </h3>
            <ul>{account.team.filter((one) => one.function === work.id).map(member)}</ul>
            {vacant.has(work.id) && (
              <div className={styles.vacant}>
                <span className={styles.place} aria-hidden="true" />
                <span>{text("account.vacant")}</span>
                {canManage && (
                  <Button size="compact-xs" variant="subtle" onClick={() => ask({ function: work.id })}>
                    {text("account.fill")}
                  </Button>
                )}
              </div>
            )}
          </section>
        ))}
        {others.length > 0 && (
          <section className={styles.function}>
            <h3>{text("function.none")}</h3>
            <ul>{others.map(member)}</ul>
          </section>
        )}
      </div>
      <TeamGroups account={account} canManage={canManage} />
      {asked && (
        <MemberDialog
          account={account}
          member={asked.member}
          function={asked.function ?? null}
          onClose={() => ask(null)}
        />
      )}
    </Panel>
  );
}
