import type { ProjectRow } from "../../api/types";
import { useText } from "../../i18n/language";
import { HealthBadge } from "../../ui/health-badge";
import page from "../../ui/page.module.css";
import { Tag } from "../../ui/tag";
import { isOver } from "./fitting";
import styles from "./health-cell.module.css";

/** How it goes: the judgement while it runs, with its reason; otherwise the state alone. */
export function HealthCell({ project }: { project: ProjectRow }) {
  const text = useText();
  const isJudged = project.health !== "" && !isOver(project);
  return (
    <div className={styles.cell}>
      <span className={page.line}>
        {isJudged && <HealthBadge health={project.health} />}
        {(!isJudged || project.state !== "active") && <Tag>{text(`state.${project.state}`)}</Tag>}
      </span>
      {isJudged && project.health_note && (
        <span className={`${page.small} ${styles.note}`} title={project.health_note}>
          {project.health_note}
        </span>
      )}
    </div>
  );
}
