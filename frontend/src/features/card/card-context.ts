import { createContext, use } from "react";
import type { BoardProject, Me, Task, Transition, WorkStatus } from "../../api/types";
import type { BoardStore } from "../../live/board-store";
import type { CardDetails } from "../../live/card-details";
import type { Details } from "../../live/reduce-details";

/** What every part of the sheet knows. */
export type Card = Details & {
  store: BoardStore;
  details: CardDetails;
  task: Task;
  project: BoardProject;
  statuses: WorkStatus[];
  transitions: Transition[];
  me: Me;
  /** What one may do with the card as it is now: an archived one only rests. */
  canWork: boolean;
  canComment: boolean;
  canManage: boolean;
  hasOlder: boolean;
};

export const CardContext = createContext<Card | null>(null);

export function useCard(): Card {
  const card = use(CardContext);
  if (!card) throw new Error("Not inside of a card's sheet");
  return card;
}
