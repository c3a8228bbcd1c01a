import type { BoardSet } from "../../live/board-set";
import type { CardTest } from "./filter";

export type Summary = {
  /** For each of the tests, how many cards pass it. */
  counts: readonly number[];
  /** The functions that have cards here. */
  functions: ReadonlySet<number>;
};

/** One walk over all cards of the board. */
export function summarise(set: BoardSet, isIn: CardTest, tests: readonly CardTest[]): Summary {
  const functions = new Set<number>();
  const counts = tests.map(() => 0);
  for (const { card } of set.cards()) {
    if (!isIn(card)) continue;
    if (card.function !== null) functions.add(card.function);
    for (let at = 0; at < tests.length; at++) if (tests[at]?.(card)) counts[at] = (counts[at] ?? 0) + 1;
  }
  return { counts, functions };
}
