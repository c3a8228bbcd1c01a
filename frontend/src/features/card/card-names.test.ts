import { expect, test } from "vitest";
import type { TaskRow } from "../../api/types";
import { leadsTo } from "./card-names";

const cards = new Map(
  [
    { id: 1, blocked_by: [2] },
    { id: 2, blocked_by: [3] },
    { id: 3, blocked_by: [] },
    { id: 4, blocked_by: [5] },
    { id: 5, blocked_by: [4] },
  ].map((card) => [card.id, card as unknown as TaskRow]),
);
const store = { card: (id: number) => cards.get(id) };
const leads = (from: number, to: number) =>
  leadsTo(store, cards.get(from) as TaskRow, to, (card) => card.blocked_by);

test("a card that waits for another, however far away, can't be waited for by it", () => {
  expect(leads(1, 3)).toBe(true);
  expect(leads(3, 1)).toBe(false);
});
test("a circle that is already there ends the search", () => {
  expect(leads(4, 1)).toBe(false);
});
