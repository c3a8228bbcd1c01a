import { send } from "../../api/client";
import type { Project, ProjectRole } from "../../api/types";
import { useText } from "../../i18n/language";
import { useNameOf, useWorkspace } from "../../live/hooks";
import { useRefresh } from "../../live/query-hooks";
import { Avatar } from "../../ui/avatar";
import { Panel } from "../../ui/panel";
import { PersonPicker } from "../../ui/person-picker";
import { RefusalLine } from "../../ui/refusal-line";
import { useSubmit } from "../../ui/use-submit";
import styles from "./initiative-settings-page.module.css";
import { RolePicker } from "./role-picker";

/** People who were given a role on this initiative itself, besides those whom the account brings. */
export function PeopleRoles({ project, canManage }: { project: Project; canManage: boolean }) {
  const text = useText();
  const nameOf = useNameOf();
  const directory = useWorkspace();
  const { people, functions } = directory;
  const refresh = useRefresh();
  const form = useSubmit();
  const given = new Set(project.people.map(({ person }) => person));
  const set = (person: number, role: ProjectRole | null) =>
    form.submit(async () => {
      const path = `/projects/${project.id}/people/${person}`;
      await (role ? send("PUT", path, { body: { role } }) : send("DELETE", path));
      await refresh("project");
    });
  return (
    <Panel
      title={text("initiatives.people")}
      aside={text(project.is_private ? "initiatives.people_private" : "initiatives.people_hint")}
    >
      <ul>
        {project.people.map(({ person: id, role }) => {
          const person = people.get(id);
          const work = functions.get(person?.function ?? 0);
          const name = person ? nameOf(person) : text("person.unknown");
          return (
            <li key={id} className={styles.row}>
              <Avatar person={person} size="medium" isNamed />
              <span className={styles.words}>
                <span>{name}</span>
                <small>
                  {[project.lead === id && text("initiatives.lead"), work && nameOf(work)]
                    .filter(Boolean)
                    .join(" · ")}
                </small>
              </span>
              <RolePicker
                label={text("initiatives.role_of", { name })}
                role={role}
                isGuest={person?.is_guest}
                canChange={canManage}
                onChange={(next) => void set(id, next)}
              />
            </li>
          );
        })}
      </ul>
      <RefusalLine reason={form.reason} />
      {canManage && (
        <div className={styles.add}>
          <PersonPicker
            label={text("initiatives.add_person")}
            none={text("initiatives.add_person")}
            directory={directory}
            chosen={null}
            isOffered={(person) => person.is_active && !given.has(person.id)}
            onChange={(id) => id !== null && void set(id, people.get(id)?.is_guest ? "guest" : "member")}
          />
        </div>
      )}
    </Panel>
  );
}
