import type { ProjectRow } from "../../api/types";
import { useText } from "../../i18n/language";
import page from "../../ui/page.module.css";
import { ProgressBar } from "../../ui/progress-bar";

export function ProgressCell({ project }: { project: ProjectRow }) {
  const text = useText();
  const words = project.tasks_total
    ? text("initiatives.progress", { done: project.tasks_done, count: project.tasks_total })
    : text("initiatives.no_cards");
  return (
    <div>
      <ProgressBar percent={project.progress} label={words} />
      <span className={page.small}>{words}</span>
    </div>
  );
}
