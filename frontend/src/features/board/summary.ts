import type { BoardSet } from "../../live/board-set";
import type { CardTest, CardTests } from "./filter";

export type Summary = {
  mine: number;
  overdue: number;
  blocked: number;
  changed: number;
  week: number;
  /** Open cards by function. */
  functions: ReadonlyMap<number, number>;
};

/** One walk over all cards of the board: what its chips count. */
export function summarise(set: BoardSet, isIn: CardTest, tests: CardTests, isThisWeek: CardTest): Summary {
  const functions = new Map<number, number>();
  const sums = { mine: 0, overdue: 0, blocked: 0, changed: 0, week: 0 };
  for (const { card } of set.cards()) {
    if (!isIn(card)) continue;
    if (tests.changed(card)) sums.changed += 1;
    if (!tests.isOpen(card)) continue;
    if (tests.mine(card)) sums.mine += 1;
    if (tests.overdue(card)) sums.overdue += 1;
    if (card.blocked_by.length > 0 && tests.blocked(card)) sums.blocked += 1;
    if (isThisWeek(card)) sums.week += 1;
    if (card.function !== null) functions.set(card.function, (functions.get(card.function) ?? 0) + 1);
  }
  return { ...sums, functions };
}
