import { createContext, use } from "react";
import type { BoardProject, BoardRef, Me, TaskRow, ViewSettings, WorkStatus } from "../../api/types";
import type { BoardSet } from "../../live/board-set";
import type { ViewsOfBoard } from "../../live/board-views";
import type { Arrangement } from "./arrangement";
import type { BoardView } from "./board-view";
import type { DropRules } from "./drops";
import type { CardTest, CardTests } from "./filter";
import type { Grouping } from "./groupings";
import type { Term } from "./query";

/** What every part of the board page knows. */
export type Board = {
  reference: BoardRef;
  /** Of several initiatives: no ranks, no statuses of its own. */
  isMany: boolean;
  set: BoardSet;
  view: BoardView;
  views: ViewsOfBoard;
  settings: ViewSettings;
  /** Looks at the board in another way; it goes into the address. */
  look: (change: Partial<ViewSettings>) => void;
  terms: Term[];
  arrangement: Arrangement;
  columns: Grouping;
  lanes: Grouping | null;
  /** Cards stand in ranks: where among the others a card is put, matters. */
  isOrdered: boolean;
  /** The initiatives whose cards are here. */
  projects: readonly BoardProject[];
  /** Of a board of one initiative, in order; else none. */
  statuses: WorkStatus[];
  statusOf: (card: TaskRow) => WorkStatus | undefined;
  projectOf: (card: TaskRow) => BoardProject | undefined;
  rulesOf: (card: TaskRow) => DropRules;
  mayWork: (card: TaskRow) => boolean;
  /** Whether there is an initiative to which cards can be added. */
  canAdd: boolean;
  isIn: CardTest;
  me: Me;
  tests: CardTests;
  /** Whether a card passes a filter: for the one that is on as for any other. */
  passing: (terms: Term[]) => CardTest | null;
  /** "JL-124"; a card that has no number yet shows only that it is new. */
  keyOf: (card: TaskRow) => string;
  openCard: (id: number) => void;
};

export const BoardContext = createContext<Board | null>(null);

export function useBoard(): Board {
  const board = use(BoardContext);
  if (!board) throw new Error("Not inside of a board");
  return board;
}
