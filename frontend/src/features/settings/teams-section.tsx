import { useText } from "../../i18n/language";
import { useNameOf, useWorkspace } from "../../live/hooks";
import { Faces } from "../../ui/faces";
import { KeptList } from "./kept-list";
import styles from "./settings-page.module.css";
import { TeamDialog } from "./team-dialog";

/** People who are given access together. */
export function TeamsSection() {
  const text = useText();
  const nameOf = useNameOf();
  const { teams, people } = useWorkspace();
  const rows = [...teams.values()].sort((a, b) => nameOf(a).localeCompare(nameOf(b)));
  return (
    <KeptList
      title={text("settings.section_teams")}
      lead={text("settings.teams_lead")}
      add={text("settings.add_team")}
      rows={rows}
      path={({ id }) => `/teams/${id}`}
      removeLead={text("settings.remove_team_lead")}
      shown={(row) => (
        <>
          <span className={styles.words}>
            <span>{nameOf(row)}</span>
            <small>{text("account.people", { count: row.members.length })}</small>
          </span>
          <Faces people={row.members.map((id) => people.get(id))} most={6} />
        </>
      )}
      dialog={(row, close) => <TeamDialog team={row} onClose={close} />}
    />
  );
}
