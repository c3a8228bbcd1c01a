import type { Named, Priority } from "../../api/types";
import { useFormat } from "../../i18n/format";
import { useText } from "../../i18n/language";
import { useNameOf, useWorkspace } from "../../live/hooks";
import { useCard } from "./card-context";
import { useKeyOf } from "./card-names";
import type { Names } from "./describe-history";

/** The names of today for the ids of then: who was renamed since is told by the new name. */
export function useHistoryNames(): Names {
  const { statuses } = useCard();
  const text = useText();
  const format = useFormat();
  const nameOf = useNameOf();
  const keyOf = useKeyOf();
  const { people, functions, labels, workflows } = useWorkspace();
  const name = (thing: Named | undefined, otherwise: string) => (thing ? nameOf(thing) : otherwise);
  const person = (id: number | null) => name(people.get(id ?? 0), text("person.unknown"));
  const status = (id: number) => {
    const elsewhere = [...workflows.values()].flatMap((workflow) => workflow.statuses);
    return name(
      [...statuses, ...elsewhere].find((one) => one.id === id),
      text("card.former_status"),
    );
  };
  return {
    person,
    sign: (sign) => text(`card.sign_${sign}`),
    people: (ids) => format.list(ids.map(person)),
    status,
    function: (id) => name(functions.get(id), text("function.none")),
    labels: (ids) => format.list(ids.map((id) => name(labels.get(id), text("card.former_label")))),
    card: keyOf,
    cards: (ids) => format.list(ids.map(keyOf)),
    priority: (priority) => text(`priority.${(priority as Priority) || "none"}`),
    day: format.date,
    lasting: format.lasting,
    hours: (hours) => text("unit.hours", { hours: format.number(Number(hours)) }),
  };
}
