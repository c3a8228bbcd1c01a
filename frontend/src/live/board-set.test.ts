import { beforeEach, expect, test, vi } from "vitest";
import type { ProjectBody, ProjectEvent } from "../api/events";
import { aCard, aSnapshot, at, READY } from "./board-samples";
import { BoardSet } from "./board-set";
import { BoardStore } from "./board-store";
import { StreamFollower } from "./stream-follower";

/** Three boards of one tab: A (7), B (8) and C (9). Card 1 stands on A. */
let set: BoardSet;
let boards: BoardStore[];
let followers: StreamFollower<ProjectEvent>[];
let pass: (ms: number) => void;
/** How far the clock goes on each time that it is looked at. */
let ticks = 0;
const KEYS = ["JA", "JB", "JC"];

beforeEach(() => {
  ticks = 0;
  const clock = { now: 0, due: [] as { at: number; action: () => void }[] };
  pass = (ms) => {
    clock.now += ms;
    for (const { action } of clock.due.filter((timer) => timer.at <= clock.now)) action();
    clock.due = clock.due.filter((timer) => timer.at > clock.now);
  };
  const time = {
    now: () => {
      clock.now += ticks;
      return clock.now;
    },
    later: (action: () => void, ms: number) => void clock.due.push({ at: clock.now + ms, action }),
  };
  set = new BoardSet(time);
  boards = KEYS.map((key, index) => {
    const base = aSnapshot(index === 0 ? [aCard(1, READY, "a0")] : []);
    const snapshot = { ...base, project: { ...base.project, id: 7 + index, key } };
    const fresh = { ...snapshot, seq: 40, tasks: aSnapshot([aCard(1, READY, "a0", { version: 2 })]).tasks };
    const store = new BoardStore(
      7 + index,
      async () => fresh,
      () => 1,
    );
    store.load(snapshot);
    set.add(store);
    return store;
  });
  followers = boards.map(
    (store) => new StreamFollower(store, { ...time, subscribe: vi.fn(), gate: set.gate }),
  );
  for (const follower of followers) follower.subscribed({ epoch: "k", head: 10 });
});

const [A, B, C] = [0, 1, 2];
function tell(board: number, ...events: ProjectEvent[]) {
  const [from, to] = [events[0]?.seq ?? 0, events.at(-1)?.seq ?? 0];
  followers[board]?.received({ t: "ev", stream: `project:${7 + board}`, from, to, events });
}
const shared = (seq: number, body: ProjectBody, tx = "move", span = 2) => at(seq, body, { tx, span });
const left = (to: number): ProjectBody => ({ type: "task.left", id: 1, to_project: 7 + to });
const arrived = (from: number, version = 2): ProjectBody => ({
  type: "task.arrived",
  id: 1,
  task: aCard(1, READY, "a0", { version }),
  from_key: `${KEYS[from]}-1`,
});
const where = () => boards.flatMap((board, index) => (board.card(1) ? [KEYS[index]] : []));
const retitled = (seq: number, title: string) =>
  at(seq, { type: "task.changed", id: 1, version: seq, title });

test("a card moved between watched boards leaves the one and arrives on the other in one step", () => {
  const seen: unknown[] = [];
  set.revision.subscribe(() => seen.push(where()));
  boards[A]?.watchCard(1, () => seen.push(where()));
  boards[B]?.watchCard(1, () => seen.push(where()));
  tell(A, shared(11, left(B)));
  expect(where()).toEqual(["JA"]);
  tell(B, shared(11, arrived(A)));
  expect(where()).toEqual(["JB"]);
  expect(seen.length).toBeGreaterThan(0);
  for (const places of seen) expect(places).toEqual(["JB"]);
});

test("the set tells once for each step", () => {
  const told = vi.fn();
  set.revision.subscribe(told);
  tell(A, shared(11, left(B)));
  tell(B, shared(11, arrived(A)));
  expect(told).toHaveBeenCalledOnce();
});

test("it works the other way round too, and what follows waits its turn", () => {
  tell(B, shared(11, arrived(A)), retitled(12, "There"));
  expect(where()).toEqual(["JA"]);
  tell(A, shared(11, left(B)));
  expect(boards[B]?.card(1)?.title).toBe("There");
  expect(where()).toEqual(["JB"]);
});

test("after a second the half that has come is shown without the other, which follows when it comes", () => {
  tell(A, shared(11, left(B)));
  pass(999);
  expect(where()).toEqual(["JA"]);
  pass(1);
  expect(where()).toEqual([]);
  tell(B, shared(11, arrived(A)));
  expect(where()).toEqual(["JB"]);
});

test("nor longer where the clock has gone on while it came", () => {
  ticks = 1;
  tell(A, shared(11, left(B)));
  ticks = 0;
  expect(where()).toEqual(["JA"]);
  pass(1000);
  expect(where()).toEqual([]);
});

test("nobody waits for a board that is not watched here", () => {
  tell(A, shared(11, { type: "task.left", id: 1, to_project: 99 }));
  expect(where()).toEqual([]);
});

test("nor for one that is no longer watched", () => {
  tell(A, shared(11, left(B)));
  followers[B]?.stop();
  expect(where()).toEqual([]);
});

test("a transaction of one stream never waits", () => {
  tell(A, retitled(11, "At once"));
  expect(boards[A]?.card(1)?.title).toBe("At once");
});

test("one that doesn't say whom it touched waits for as many halves as it has", () => {
  const access: ProjectBody = { type: "access.changed", thing: "account:1", people: [5] };
  tell(A, shared(11, access, "grant", 3));
  tell(B, shared(11, access, "grant", 3));
  expect(boards.map(({ seq }) => seq)).toEqual([10, 10, 10]);
  tell(C, shared(11, access, "grant", 3));
  expect(boards.map(({ seq }) => seq)).toEqual([11, 11, 11]);
});

test("a card that goes on from board to board arrives in the end", () => {
  tell(C, shared(11, arrived(B, 3), "second"));
  tell(A, shared(11, left(B), "first"));
  tell(B, shared(11, arrived(A), "first"), shared(12, left(C), "second"));
  expect(where()).toEqual(["JC"]);
});

test("a board that started anew may contain what another waited for; the card is shown once", async () => {
  tell(A, shared(11, left(B)));
  await followers[B]?.resync("gap");
  expect(where()).toEqual(["JB"]);
  expect(boards[B]?.seq).toBe(40);
});

test("where one board is behind, a card is on the board that has its newer version", () => {
  boards[B]?.apply([shared(11, arrived(A))]);
  expect(where()).toEqual(["JA", "JB"]);
  expect(set.boardOf(1)).toBe(boards[B]);
  expect([...set.cards()].map(({ card, board }) => [card.id, board])).toEqual([[1, boards[B]]]);
});

test("what is held counts as received: it is neither asked for again nor applied twice", () => {
  tell(A, shared(11, left(B)));
  expect(followers[A]?.position).toBe(11);
  tell(A, shared(11, left(B)));
  tell(B, shared(11, arrived(A)));
  expect(boards[A]?.seq).toBe(11);
  expect(followers[A]?.isCurrent.get()).toBe(true);
});
