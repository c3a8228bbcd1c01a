import type { WorkStatus } from "../../api/types";
import { moveTask } from "../../live/commands";
import { useNameOf } from "../../live/hooks";
import { refusalOf } from "../../live/refusal";
import { useRefusalText } from "../../live/use-refusal-text";
import { useCard } from "./card-context";

export type StatusChoice = {
  id: number;
  name: string;
  status: WorkStatus;
  /** Why the card may not go there. */
  hint?: string;
  isDisabled: boolean;
  isChosen: boolean;
  run: () => void;
};

/** Where the card may go: for its status as for the palette. It goes to the top of the column. */
export function useStatusChoices(): StatusChoice[] {
  const { store, task, statuses, transitions, me } = useCard();
  const nameOf = useNameOf();
  const refusalText = useRefusalText();
  const mover = { function: me.function, isAdministrator: me.is_administrator, can: task.can };
  const rules = { statuses, transitions, countOf: (id: number) => store.column(id).length };
  return statuses.map((status) => {
    const refusal = refusalOf(task, status, mover, rules);
    const said = refusal && refusalText(refusal);
    const before = store.column(status.id)[0] ?? null;
    return {
      id: status.id,
      name: nameOf(status),
      status,
      hint: said ? `${said.title}. ${said.remedy}` : undefined,
      isDisabled: refusal !== null,
      isChosen: status.id === task.status,
      run: () => {
        if (status.id !== task.status) moveTask(store, task.id, { status: status.id, after: null, before });
      },
    };
  });
}
