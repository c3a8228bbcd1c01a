import { useText } from "../../i18n/language";
import { moveTask } from "../../live/commands";
import { useNameOf } from "../../live/hooks";
import { refusalOf } from "../../live/refusal";
import { useRefusalText } from "../../live/use-refusal-text";
import { Picker } from "../../ui/picker";
import { StatusIcon } from "../../ui/status-icon";
import { useCard } from "./card-context";

/** Where the card stands, and where it may go; a status it may not go to says why. */
export function StatusField() {
  const { store, task, statuses, transitions, me, canWork } = useCard();
  const text = useText();
  const nameOf = useNameOf();
  const refusalText = useRefusalText();
  const status = statuses.find(({ id }) => id === task.status);
  const mover = { function: me.function, isAdministrator: me.is_administrator, can: task.can };
  const rules = { statuses, transitions, countOf: (id: number) => store.column(id).length };
  const choices = statuses.map((one) => {
    const refusal = refusalOf(task, one, mover, rules);
    const said = refusal && refusalText(refusal);
    return {
      id: one.id,
      name: nameOf(one),
      icon: <StatusIcon category={one.category} color={one.color} size={16} />,
      hint: said ? `${said.title}. ${said.remedy}` : undefined,
      isDisabled: refusal !== null,
    };
  });
  const move = (target: number) => {
    if (target !== task.status)
      moveTask(store, task.id, { status: target, after: null, before: store.column(target)[0] ?? null });
  };
  return (
    <Picker
      label={text("card.status")}
      choices={choices}
      chosen={[task.status]}
      isDisabled={!canWork}
      onChange={([id]) => id !== undefined && move(Number(id))}
    >
      {status && <StatusIcon category={status.category} color={status.color} size={16} />}
      {status ? nameOf(status) : ""}
    </Picker>
  );
}
