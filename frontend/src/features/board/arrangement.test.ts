import { beforeEach, expect, test, vi } from "vitest";
import type { ProjectBody } from "../../api/events";
import type { TaskRow } from "../../api/types";
import { aCard, aSnapshot, at, DOING, READY } from "../../live/board-samples";
import { BoardSet } from "../../live/board-set";
import { BoardStore } from "../../live/board-store";
import { Arrangement, type Plan } from "./arrangement";

const plan: Plan = {
  isIn: () => true,
  passes: null,
  columnOf: (card) => String(card.status),
  laneOf: (card) => String(card.owner ?? "none"),
  compare: (a, b) => (a.due ?? "9").localeCompare(b.due ?? "9") || a.id - b.id,
  looksAround: false,
};
let store: BoardStore;
let set: BoardSet;
let seq: number;

function opened(cards: TaskRow[], change: Partial<Plan> = {}) {
  const snapshot = aSnapshot(cards);
  store = new BoardStore(
    7,
    async () => snapshot,
    () => 1,
  );
  store.load(snapshot);
  set = new BoardSet();
  set.add(store);
  const arrangement = new Arrangement(set, { ...plan, ...change });
  arrangement.open();
  return arrangement;
}
const tell = (...bodies: ProjectBody[]) => store.apply(bodies.map((body) => at(++seq, body)));
beforeEach(() => {
  seq = 10;
});

const cards = [
  aCard(1, READY, "a0", { owner: 1, due: "2026-11-30", estimate: "2.50" }),
  aCard(2, READY, "a1", { owner: 1, due: "2026-11-20" }),
  aCard(3, READY, "a2"),
  aCard(4, DOING, "a0", { owner: 2, estimate: "1.25" }),
];

test("cells are columns cut by lanes, in the order of the view", () => {
  const arrangement = opened(cards);
  expect(arrangement.cell("1/1")).toEqual([2, 1]);
  expect(arrangement.cell("1/none")).toEqual([3]);
  expect(arrangement.cell("2/2")).toEqual([4]);
  expect(arrangement.present()).toEqual({ columns: ["1", "2"], lanes: ["1", "2", "none"] });
  expect(arrangement.sumOf("column", "1")).toEqual({ total: 3, seen: 3, hours: 2.5 });
});

test("a change touches the cells it is about, and nobody else is told", () => {
  const arrangement = opened(cards);
  const [left, entered, other] = [vi.fn(), vi.fn(), vi.fn()];
  arrangement.watchCell("1/1", left);
  arrangement.watchCell("2/1", entered);
  arrangement.watchCell("2/2", other);
  tell({ type: "task.moved", id: 1, version: 2, status: DOING, rank: "a5" });
  expect(arrangement.cell("1/1")).toEqual([2]);
  expect(arrangement.cell("2/1")).toEqual([1]);
  expect(arrangement.sumOf("column", "2").hours).toBe(3.75);
  expect([left, entered, other].map(({ mock }) => mock.calls.length)).toEqual([1, 1, 0]);
  const before = arrangement.cell("2/1");
  tell({
    type: "comment.added",
    id: 1,
    task: 1,
    author: 2,
    body: "Hi",
    mentions: [],
    created_at: "",
    comments: 1,
  });
  expect(arrangement.cell("2/1")).toBe(before);
});

test("a filter hides cards but counts them", () => {
  const arrangement = opened(cards, { passes: ({ owner }) => owner === 1 });
  expect(arrangement.sumOf("all")).toMatchObject({ total: 4, seen: 2 });
  expect(arrangement.cell("2/2")).toEqual([]);
  tell({ type: "task.changed", id: 4, version: 2, owner: 1 });
  expect(arrangement.cell("2/1")).toEqual([4]);
  expect(arrangement.isHidden(3)).toBe(true);
});

test("a card that waits for another comes and goes with it", () => {
  const waiting = aCard(5, READY, "b0", { blocked_by: [4] });
  const isBlocked = ({ blocked_by }: TaskRow) => blocked_by.some((id) => set.card(id)?.status === DOING);
  const arrangement = opened([...cards, waiting], { passes: (card) => isBlocked(card), looksAround: true });
  expect(arrangement.cell("1/none")).toEqual([5]);
  tell({ type: "task.moved", id: 4, version: 2, status: READY, rank: "a9" });
  expect(arrangement.cell("1/none")).toEqual([]);
});

test("after any story it is as if it were laid out anew", () => {
  const arrangement = opened(cards);
  let dice = 7;
  const roll = (sides: number) => {
    dice = (dice * 48271) % 2147483647;
    return dice % sides;
  };
  for (let step = 0; step < 300; step++) {
    const id = 1 + roll(12);
    const due = `2026-11-${10 + roll(20)}`;
    const card = store.card(id);
    if (!card)
      tell({
        type: "task.created",
        id,
        task: aCard(id, 1 + roll(3), `r${step}`, { due, owner: 1 + roll(3) }),
      });
    else if (roll(8) === 0) tell({ type: "task.archived", id, version: step });
    else if (roll(2)) tell({ type: "task.moved", id, version: step, status: 1 + roll(3), rank: `m${step}` });
    else
      tell({ type: "task.changed", id, version: step, owner: 1 + roll(3), due, estimate: `${roll(9)}.25` });
  }
  const fresh = new Arrangement(set, plan);
  for (const column of ["1", "2", "3"]) {
    expect(arrangement.sumOf("column", column)).toEqual(fresh.sumOf("column", column));
    for (const lane of ["1", "2", "3", "none"])
      expect(arrangement.cell(`${column}/${lane}`)).toEqual(fresh.cell(`${column}/${lane}`));
  }
  expect(arrangement.present()).toEqual(fresh.present());
});
