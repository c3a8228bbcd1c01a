import { Button } from "@mantine/core";
import { getRouteApi, Link } from "@tanstack/react-router";
import { isMissing } from "../../api/errors";
import { useText } from "../../i18n/language";
import { useNameOf } from "../../live/hooks";
import { useProject } from "../../live/query-hooks";
import { EmptyState } from "../../ui/empty-state";
import { PageHeader } from "../../ui/page-header";
import { QueryFailed } from "../../ui/query-failed";
import { Spinner } from "../../ui/spinner";
import { Announcements } from "../announcements/announcements";
import { FactsForm } from "./facts-form";
import { HealthForm } from "./health-form";
import styles from "./initiative-settings-page.module.css";
import { PeopleRoles } from "./people-roles";
import { Privacy } from "./privacy";
import { RemoveInitiative } from "./remove-initiative";
import { TeamRoles } from "./team-roles";

const route = getRouteApi("/shell/initiatives/$key/settings");

/** What an initiative is, how it goes, and who works on it. */
export function InitiativeSettingsPage() {
  const { key } = route.useParams();
  const text = useText();
  const nameOf = useNameOf();
  const { data: project, error, refetch } = useProject(key);
  if (isMissing(error))
    return (
      <EmptyState
        title={text("error.missing_title")}
        lead={text("error.missing_lead")}
        action={
          <Button component={Link} to="/initiatives">
            {text("board.gone_action")}
          </Button>
        }
      />
    );
  if (!project) return error ? <QueryFailed onRetry={refetch} /> : <Spinner />;
  const canManage = project.can.includes("manage");
  return (
    <>
      <PageHeader
        title={text("initiatives.settings_of", { name: nameOf(project) })}
        lead={
          <Link to="/b/$projectKey" params={{ projectKey: key }} className={styles.back}>
            {text("initiatives.to_board")} <span aria-hidden="true">/</span>
          </Link>
        }
      />
      <div className={styles.body}>
        <div className={styles.column}>
          {!canManage && <p className={styles.reader}>{text("initiatives.reader")}</p>}
          <Announcements
            place={{ kind: "project", id: project.id }}
            canAnnounce={project.can.includes("work")}
          />
          <HealthForm key={`health-${project.id}`} project={project} canManage={canManage} />
          {canManage && <FactsForm key={`facts-${project.id}`} project={project} />}
        </div>
        <div className={styles.column}>
          <PeopleRoles project={project} canManage={canManage} />
          <TeamRoles project={project} canManage={canManage} />
          {canManage && <Privacy project={project} />}
          {canManage && <RemoveInitiative project={project} />}
        </div>
      </div>
    </>
  );
}
