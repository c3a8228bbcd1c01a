import { send } from "../../api/client";
import type { Project, ProjectRole } from "../../api/types";
import { useText } from "../../i18n/language";
import { useNameOf, useWorkspace } from "../../live/hooks";
import { useRefresh } from "../../live/query-hooks";
import page from "../../ui/page.module.css";
import { Panel } from "../../ui/panel";
import { Picker } from "../../ui/picker";
import { RefusalLine } from "../../ui/refusal-line";
import { useSubmit } from "../../ui/use-submit";
import styles from "./initiative-settings-page.module.css";
import { RolePicker } from "./role-picker";

/** Whole teams with a role. Shown where there is a team at all. */
export function TeamRoles({ project, canManage }: { project: Project; canManage: boolean }) {
  const text = useText();
  const nameOf = useNameOf();
  const { teams } = useWorkspace();
  const refresh = useRefresh();
  const form = useSubmit();
  const free = [...teams.values()].filter(({ id }) => !project.teams.some(({ team }) => team === id));
  if (project.teams.length === 0 && !(canManage && free.length)) return null;
  const set = (team: number, role: ProjectRole | null) =>
    form.submit(async () => {
      const path = `/projects/${project.id}/teams/${team}`;
      await (role ? send("PUT", path, { body: { role } }) : send("DELETE", path));
      await refresh("project");
    });
  return (
    <Panel title={text("initiatives.teams")}>
      <ul>
        {project.teams.map(({ team, role }) => {
          const known = teams.get(team);
          const name = known ? nameOf(known) : text("person.unknown");
          return (
            <li key={team} className={styles.row}>
              <span className={styles.words}>
                <span>{name}</span>
                <small>{text("account.people", { count: known?.members.length ?? 0 })}</small>
              </span>
              <RolePicker
                label={text("initiatives.role_of", { name })}
                role={role}
                canChange={canManage}
                onChange={(next) => void set(team, next)}
              />
            </li>
          );
        })}
      </ul>
      <RefusalLine reason={form.reason} />
      {canManage && free.length > 0 && (
        <div className={styles.add}>
          <Picker
            label={text("initiatives.add_team")}
            choices={free.map((team) => ({ id: team.id, name: nameOf(team) }))}
            chosen={[]}
            onChange={([id]) => id !== undefined && void set(Number(id), "member")}
          >
            <span className={page.soft}>{text("initiatives.add_team")}</span>
          </Picker>
        </div>
      )}
    </Panel>
  );
}
