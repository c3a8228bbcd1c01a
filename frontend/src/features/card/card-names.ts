import type { TaskRow, WorkStatus } from "../../api/types";
import { useText } from "../../i18n/language";
import type { BoardStore } from "../../live/board-store";
import type { Choice } from "../../ui/picker";
import { useCard } from "./card-context";

export const isClosed = (category: WorkStatus["category"] | undefined) =>
  category === "done" || category === "cancelled";

/** "JL-124" of a card on this board; words where it is on no board any more. */
export function useKeyOf() {
  const { store, project } = useCard();
  const text = useText();
  return (id: number) => {
    const number = store.card(id)?.number;
    return number ? `${project.key}-${number}` : text("card.off_board");
  };
}

/** The board's cards to choose from. Those that would make a circle stay readable, with the reason. */
export function useCardChoices() {
  const { store, project, task } = useCard();
  return (stepsFrom: (card: TaskRow) => readonly number[], why: string): Choice[] =>
    [...store.cards()]
      .filter((card) => card.id !== task.id && card.id > 0)
      .map((card) => {
        const isCircle = leadsTo(store, card, task.id, stepsFrom);
        return {
          id: card.id,
          name: `${project.key}-${card.number} ${card.title}`,
          hint: isCircle ? why : undefined,
          isDisabled: isCircle,
        };
      });
}

/** Whether following the links from a card comes to another one. */
export function leadsTo(
  store: Pick<BoardStore, "card">,
  from: TaskRow,
  to: number,
  stepsFrom: (card: TaskRow) => readonly number[],
): boolean {
  const seen = new Set<number>();
  const frontier = [from];
  for (let card = frontier.pop(); card; card = frontier.pop()) {
    for (const id of stepsFrom(card)) {
      if (id === to) return true;
      const next = seen.has(id) ? undefined : store.card(id);
      seen.add(id);
      if (next) frontier.push(next);
    }
  }
  return false;
}
