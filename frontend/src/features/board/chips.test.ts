import { expect, test } from "vitest";
import type { BoardProject, TaskRow, WorkFunction, WorkStatus } from "../../api/types";
import { aCard, aSnapshot, DOING, DONE, READY } from "../../live/board-samples";
import { BoardSet } from "../../live/board-set";
import { BoardStore } from "../../live/board-store";
import type { Workspace } from "../../live/workspace";
import { type Chip, chipsFor, counted } from "./chips";
import { testOf, testsFor } from "./filter";
import { hasTerm, readQuery, type Term, toggled } from "./query";
import { summarise } from "./summary";

const ME = 1;
const TODAY = "2026-11-24";
const CANCELLED = 4;
const functions = new Map(
  ["delivery", "support"].map((code, at) => {
    const name = code === "support" ? "Support" : "Delivery";
    return [at + 1, { id: at + 1, code, name, name_zh: "", position: at } as WorkFunction];
  }),
);
const chips = chipsFor(functions);

/** Each fact that a chip asks for, on an open, a done and a cancelled card; and together with others. */
const facts: Partial<TaskRow>[] = [
  {},
  { owner: ME },
  { assignees: [ME], function: 1 },
  { due: "2026-11-20", function: 2 },
  { due: TODAY, function: 2, owner: ME },
  { due: "2026-11-29", function: 1 },
  { blocked_by: [1], function: 2 },
  { blocked_by: [2], owner: ME },
];
const cards = facts.flatMap((more, at) =>
  [READY, DOING, DONE, CANCELLED].map((status, column) => aCard(at * 4 + column + 1, status, `a${at}`, more)),
);
const snapshot = aSnapshot(cards);
const statuses = [...snapshot.statuses, { id: CANCELLED, category: "cancelled" } as WorkStatus];
const store = new BoardStore(
  7,
  async () => snapshot,
  () => 1,
);
store.load(snapshot);
const set = new BoardSet();
set.add(store);
const around = {
  me: { id: ME },
  today: TODAY,
  now: Date.parse(`${TODAY}T09:00:00Z`),
  workspace: { people: new Map(), functions, labels: new Map() } as unknown as Workspace,
  card: set.card,
  statusOf: (card: TaskRow) => statuses.find(({ id }) => id === card.status),
  projectOf: (): BoardProject => snapshot.project,
  changedAt: (id: number) => (id % 3 ? undefined : Date.parse(`${TODAY}T01:00:00Z`)),
  dayOf: (instant: number) => new Date(instant).toISOString().slice(0, 10),
};
const tests = testsFor(around);
const passing = (terms: Term[]) => testOf(terms, tests, around);
const shownBy = (query: string) => cards.filter(passing(readQuery(query)) ?? (() => true)).length;
const countOf = (chip: Chip, query: string) =>
  summarise(set, () => true, [counted(chip, readQuery(query), passing)]).counts[0];

const named = chips.map((chip) => [`${chip.field}:${chip.value}`, chip] as const);

test.each(named)("%s counts what it shows: open, done and cancelled cards as they come", (name, chip) => {
  expect(countOf(chip, "")).toBeGreaterThan(0);
  expect(countOf(chip, "")).toBe(shownBy(name));
});

test.each(named)("%s counts what it shows beside what is already asked for", (_name, chip) => {
  for (const query of ["is:open", "is:closed", "is:mine", "owner:none due:<7d", "-is:blocked", "Card"]) {
    const pressed = hasTerm(readQuery(query), chip.field, chip.value);
    const after = pressed ? query : toggled(query, chip.field, chip.value);
    if (after.includes("due:<7d,")) continue; // an alternative to what was written, as two functions are
    expect([query, countOf(chip, query)]).toEqual([query, shownBy(after)]);
  }
});

test("two functions that are on say how many cards are the own of each", () => {
  const [delivery, support] = chips.slice(-2) as [Chip, Chip];
  const query = "function:delivery,support";
  expect(countOf(delivery, query)).toBe(shownBy("function:delivery"));
  expect(countOf(support, query)).toBe(shownBy("function:support"));
});
