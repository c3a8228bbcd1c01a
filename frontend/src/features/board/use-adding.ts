import { useSyncExternalStore } from "react";
import type { BoardProject, WorkStatus } from "../../api/types";
import type { CardChange } from "../../live/commands";
import { useWorkspace } from "../../live/hooks";
import { useBoard } from "./board-context";
import type { Group } from "./groupings";

/** Into which initiative and which of its statuses a new card of a column goes. */
export function useAdding(group: Group) {
  const board = useBoard();
  const { set, view, projects, statuses, isMany, projectOf } = board;
  const { workflows } = useWorkspace();
  const asked = useSyncExternalStore(view.addingTo.subscribe, view.addingTo.get);

  const statusIn = (project: BoardProject): WorkStatus | undefined => {
    if (group.mark === "status") return group.status;
    if (!isMany) return statuses[0];
    const all = [...(workflows.get(project.workflow)?.statuses ?? [])].sort(
      (a, b) => a.position - b.position,
    );
    return group.mark === "category" ? all.find(({ category }) => category === group.category) : all[0];
  };
  const fits = (project: BoardProject) =>
    project.can.includes("work") &&
    (group.mark !== "initiative" || group.code === project.key) &&
    (group.mark !== "account" || group.code === project.account_code) &&
    statusIn(project) !== undefined;
  const open = projects.filter(fits);
  // Whoever looks at a card of an initiative probably means that one.
  const beside = set.card(view.focused.get() ?? 0);
  const near = beside && projectOf(beside)?.id;
  const project =
    open.find(({ id }) => id === asked) ?? open.find(({ id }) => id === near) ?? open[0] ?? null;
  return {
    open,
    project,
    status: project && statusIn(project),
    store: project && set.boards.get().find(({ projectId }) => projectId === project.id),
    choose: (id: number) => view.addingTo.set(id),
    own: ownFacts(board),
  };
}

/** What makes a card one of this board, where that isn't its initiative. */
function ownFacts({ reference, me }: Pick<ReturnType<typeof useBoard>, "reference" | "me">): CardChange {
  const [kind, id] = reference.split(":");
  if (kind === "mine" || kind === "team") return { owner: me.id };
  return kind === "function" ? { function: Number(id) } : {};
}
