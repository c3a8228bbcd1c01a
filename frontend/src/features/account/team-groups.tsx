import { CloseButton } from "@mantine/core";
import { send } from "../../api/client";
import type { Account, TeamRole } from "../../api/types";
import { useText } from "../../i18n/language";
import { useNameOf, useWorkspace } from "../../live/hooks";
import { useRefresh } from "../../live/query-hooks";
import page from "../../ui/page.module.css";
import { Picker } from "../../ui/picker";
import { RefusalLine } from "../../ui/refusal-line";
import { useSubmit } from "../../ui/use-submit";
import styles from "./team.module.css";

/** Whole teams that hold a role on the account. Shown once there is a team to give one to. */
export function TeamGroups({ account, canManage }: { account: Account; canManage: boolean }) {
  const text = useText();
  const nameOf = useNameOf();
  const { teams } = useWorkspace();
  const refresh = useRefresh();
  const form = useSubmit();
  const free = [...teams.values()].filter(({ id }) => !account.teams.some(({ team }) => team === id));
  if (account.teams.length === 0 && !(canManage && free.length)) return null;
  const set = (team: number, role: TeamRole | null) =>
    form.submit(async () => {
      const path = `/accounts/${account.id}/teams/${team}`;
      await (role ? send("PUT", path, { body: { role } }) : send("DELETE", path));
      await refresh("account");
    });
  return (
    <div className={styles.groups}>
      <h3 className={page.small}>{text("account.teams")}</h3>
      <ul>
        {account.teams.map(({ team, role }) => {
          const known = teams.get(team);
          const name = known ? nameOf(known) : text("person.unknown");
          return (
            <li key={team} className={styles.member}>
              <span className={styles.words}>
                <span>{name}</span>
                <small>{text(`account.role_${role}`)}</small>
              </span>
              {canManage && (
                <CloseButton
                  size="sm"
                  aria-label={text("account.take_team_off", { name })}
                  onClick={() => void set(team, null)}
                />
              )}
            </li>
          );
        })}
      </ul>
      {canManage && free.length > 0 && (
        <Picker
          label={text("account.add_team")}
          look="plain"
          choices={free.map((team) => ({
            id: team.id,
            name: nameOf(team),
            hint: text("account.people", { count: team.members.length }),
          }))}
          chosen={[]}
          onChange={([id]) => id !== undefined && void set(Number(id), "member")}
        >
          <span className={page.soft}>{text("account.add_team")}</span>
        </Picker>
      )}
      <RefusalLine reason={form.reason} />
    </div>
  );
}
