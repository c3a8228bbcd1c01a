import { IconArrowRight } from "@tabler/icons-react";
import type { Person } from "../../api/types";
import { changeTask } from "../../live/commands";
import { useWorkspace } from "../../live/hooks";
import type { Action } from "../../ui/actions";
import { useActions } from "../../ui/use-actions";
import { toggled, useFactActions } from "../../ui/use-fact-actions";
import { useCard } from "./card-context";
import { useStatusChoices } from "./use-status-choices";

/** Guests who see the card may own it too. */
export const mayOwn = (person: Person) => person.is_active;

/** The facts of the open card by the keys that change them on the board, and from the palette. */
export function useCardKeys() {
  const { store, task, canWork } = useCard();
  const statuses = useStatusChoices();
  const common = { about: () => task.key, isOffered: () => canWork };
  const facts = useFactActions(
    {
      ...common,
      cards: () => [task],
      change: (change) => changeTask(store, task.id, change),
      toggleLabel: (id) => changeTask(store, task.id, { labels: toggled(task.labels, id) }),
      mayOwn,
    },
    useWorkspace(),
  );
  const status: Action = {
    ...common,
    id: "card.move",
    group: "card",
    word: "card.status",
    icon: IconArrowRight,
    keys: ["m"],
    choices: () => statuses.map(({ status: _status, ...choice }) => choice),
  };
  useActions("sheet", [status, ...facts]);
}
