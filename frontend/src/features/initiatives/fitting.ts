import type { ProjectRow, ProjectState } from "../../api/types";
import type { InitiativeSearch } from "./search";

export const STATES: readonly ProjectState[] = ["planned", "active", "waiting", "done", "cancelled"];
export const isOver = ({ state }: Pick<ProjectRow, "state">) => state === "done" || state === "cancelled";

/** The initiatives that fit the filters, those due first on top, finished ones last. */
export function fitting(projects: ProjectRow[], search: InitiativeSearch, me: number): ProjectRow[] {
  const words = (search.q ?? "").toLowerCase().split(/\s+/).filter(Boolean);
  return projects
    .filter(
      (project) =>
        hasState(project, search.state) &&
        (search.account === undefined || (project.account ?? 0) === search.account) &&
        (!search.lead || project.lead === search.lead) &&
        (!search.mine || project.lead === me) &&
        words.every((word) => textOf(project).includes(word)),
    )
    .sort((a, b) => Number(isOver(a)) - Number(isOver(b)) || compare(a.due ?? "9999", b.due ?? "9999"));
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

function hasState(project: ProjectRow, state: InitiativeSearch["state"]) {
  return !state || (state === "open" ? !isOver(project) : project.state === state);
}

function textOf({ key, name, name_zh, account_code, account_name, account_name_zh }: ProjectRow) {
  return `${key} ${name} ${name_zh} ${account_code} ${account_name} ${account_name_zh}`.toLowerCase();
}
