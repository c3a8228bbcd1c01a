import type { WorkFunction } from "../../api/types";
import type { TextKey } from "../../i18n/catalogue";
import type { CardTest } from "./filter";
import { besideChip, type Term } from "./query";
import type { Field } from "./query-words";

/** A condition that is one press away: a question that everybody has, or one of the functions. */
export type Chip = { field: Field; value: string } & ({ word: TextKey } | { function: WorkFunction });

const FACTS: readonly Chip[] = [
  { field: "is", value: "mine", word: "board.filter_mine" },
  { field: "is", value: "overdue", word: "board.filter_overdue" },
  { field: "due", value: "week", word: "board.filter_week" },
  { field: "is", value: "blocked", word: "board.filter_blocked" },
  { field: "is", value: "changed", word: "board.filter_changed" },
];

/** All chips, in their order. */
export const chipsFor = (functions: ReadonlyMap<number, WorkFunction>): Chip[] => [
  ...FACTS,
  ...[...functions.values()]
    .sort((a, b) => a.position - b.position)
    .map((one): Chip => ({ field: "function", value: one.code, function: one })),
];

/** What a chip counts: by the filter's own rules, exactly the cards that it shows when it is pressed. */
export const counted = (
  { field, value }: Chip,
  terms: Term[],
  passing: (terms: Term[]) => CardTest | null,
): CardTest => passing(besideChip(terms, field, value)) ?? (() => true);
