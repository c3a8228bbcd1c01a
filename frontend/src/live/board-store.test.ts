import { expect, test, vi } from "vitest";
import type { ProjectBody, ProjectEvent } from "../api/events";
import { aCard, aSnapshot, at, DOING, DONE, READY } from "./board-samples";
import { BoardStore } from "./board-store";

const ME = 1;
const SHE = 2;

function boardWith(...cards: Parameters<typeof aSnapshot>[0]) {
  const store = new BoardStore(
    7,
    async () => aSnapshot(cards),
    () => ME,
  );
  store.load(aSnapshot(cards));
  return store;
}
const moved = (id: number, status: number, rank: string): ProjectBody => ({
  type: "task.moved",
  id,
  version: 2,
  status,
  rank,
});
const event = (seq: number, body: ProjectBody, more: Partial<ProjectEvent> = {}) =>
  at(seq, body, { actor: SHE, ...more });

test("a predicted move is shown at once, in its place", () => {
  const store = boardWith(aCard(1, READY, "a0"), aCard(2, DOING, "a0"), aCard(3, DOING, "a1"));
  store.predict({ commandId: "c", body: moved(1, DOING, store.rankBetween(2, 3)) });
  expect(store.column(DOING)).toEqual([2, 1, 3]);
  expect(store.column(READY)).toEqual([]);
});

test("a refused move puts the card back", () => {
  const store = boardWith(aCard(1, READY, "a0"));
  store.predict({ commandId: "c", body: moved(1, DOING, "a0") });
  store.refused("c");
  expect(store.column(READY)).toEqual([1]);
});

test("the answer alone doesn't end a prediction, the story does: no flicker back", () => {
  const store = boardWith(aCard(1, READY, "a0"));
  store.predict({ commandId: "c", body: moved(1, DOING, "a5") });
  store.answered("c", { epoch: "k", seq: 11 });
  expect(store.card(1)?.status).toBe(DOING);
  expect(store.pendingCount).toBe(1);
  store.apply([event(11, moved(1, DOING, "a0"), { command_id: "c", actor: ME })]);
  expect(store.pendingCount).toBe(0);
  expect(store.card(1)?.rank).toBe("a0");
});

test("a prediction also ends when the story has reached the answer's position without showing the command", () => {
  const store = boardWith(aCard(1, READY, "a0"));
  store.predict({ commandId: "c", body: moved(1, DOING, "a5") });
  store.answered("c", { epoch: "k", seq: 12 });
  store.reached(12);
  expect(store.pendingCount).toBe(0);
});

test("an answer without a position wrote nothing, so nothing is waited for", () => {
  const store = boardWith(aCard(1, READY, "a0"));
  store.predict({ commandId: "c", body: moved(1, READY, "a0") });
  store.answered("c", undefined);
  expect(store.pendingCount).toBe(0);
});

test("somebody else's change comes under one's own pending one", () => {
  const store = boardWith(aCard(1, READY, "a0"));
  store.predict({ commandId: "c", body: moved(1, DOING, "a5") });
  store.apply([event(11, { type: "task.changed", id: 1, version: 2, title: "New title" })]);
  store.apply([event(12, moved(1, DONE, "a0"))]);
  expect(store.card(1)).toMatchObject({ title: "New title", status: DOING });
  store.refused("c");
  expect(store.card(1)?.status).toBe(DONE);
});

test("a fresh snapshot keeps what is pending on top", () => {
  const store = boardWith(aCard(1, READY, "a0"));
  store.predict({ commandId: "c", body: moved(1, DOING, "a5") });
  store.load({ ...aSnapshot([aCard(1, READY, "a0"), aCard(2, DOING, "a0")]), seq: 40 });
  expect(store.column(DOING)).toEqual([2, 1]);
  expect(store.seq).toBe(40);
});

test("only what changed is told to those who watch", () => {
  const store = boardWith(aCard(1, READY, "a0"), aCard(2, DOING, "a0"), aCard(3, DONE, "a0"));
  const told = { card1: vi.fn(), card2: vi.fn(), ready: vi.fn(), doing: vi.fn(), done: vi.fn() };
  store.watchCard(1, told.card1);
  store.watchCard(2, told.card2);
  store.watchColumn(READY, told.ready);
  store.watchColumn(DOING, told.doing);
  store.watchColumn(DONE, told.done);
  const doneBefore = store.column(DONE);
  store.apply([event(11, moved(1, DOING, "a1"))]);
  expect(told.card1).toHaveBeenCalledOnce();
  expect(told.ready).toHaveBeenCalledOnce();
  expect(told.doing).toHaveBeenCalledOnce();
  expect(told.card2).not.toHaveBeenCalled();
  expect(told.done).not.toHaveBeenCalled();
  expect(store.column(DONE)).toBe(doneBefore);
});

test("a new card is shown before it has a number, and later commands about it follow it to its real id", () => {
  const store = boardWith(aCard(1, READY, "a0"));
  store.predict({ commandId: "new", body: { type: "task.created", id: -5, task: aCard(-5, READY, "a1") } });
  store.predict({ commandId: "move", body: moved(-5, DOING, "a0") });
  expect(store.column(DOING)).toEqual([-5]);
  store.apply([
    event(11, { type: "task.created", id: 9, task: aCard(9, READY, "a1") }, { command_id: "new", actor: ME }),
  ]);
  expect(store.column(DOING)).toEqual([9]);
  expect(store.card(-5)).toBeUndefined();
  expect(store.realId(-5)).toBe(9);
});

test("a re-ranked column keeps its order and takes a pending card along", () => {
  const store = boardWith(aCard(1, READY, "a0"), aCard(2, DOING, "a0"), aCard(3, DOING, "a1"));
  store.predict({
    commandId: "c",
    body: moved(1, DOING, store.rankBetween(2, 3)),
    between: { after: 2, before: 3 },
  });
  store.apply([event(11, { type: "column.reranked", status: DOING, ranks: { 2: "a7", 3: "a8" } })]);
  expect(store.column(DOING)).toEqual([2, 1, 3]);
});

test("an event type of a newer server is not swallowed", () => {
  const store = boardWith(aCard(1, READY, "a0"));
  const strange = { type: "task.painted", id: 1 } as unknown as ProjectBody;
  expect(store.apply([event(11, strange)])).toBe(false);
  expect(store.seq).toBe(10);
});

test("others' changes are marked with their name, one's own are not", () => {
  const store = boardWith(aCard(1, READY, "a0"), aCard(2, READY, "a1"));
  store.apply([event(11, moved(1, DOING, "a0"))]);
  store.apply([event(12, moved(2, DOING, "a1"), { actor: ME })]);
  expect(store.mark(1)).toMatchObject({ actor: SHE, type: "task.moved" });
  expect(store.mark(2)).toBeUndefined();
});

test("applying one event on a board of 20,000 cards takes no copy of all of them", () => {
  const cards = Array.from({ length: 20_000 }, (_, index) =>
    aCard(index + 1, READY + (index % 3), `a${String(index).padStart(6, "0")}`),
  );
  const store = boardWith(...cards);
  const start = performance.now();
  for (let index = 0; index < 200; index++)
    store.apply([event(11 + index, { type: "task.changed", id: index + 1, version: 2, title: "Changed" })]);
  expect(performance.now() - start).toBeLessThan(200);
});

test("an answer of a lost history is worth nothing: the command is sent again, and its prediction stays", () => {
  const store = boardWith(aCard(1, READY, "a0"));
  store.sendAgain = vi.fn((commandId) => commandId === "known");
  store.predict({ commandId: "known", body: moved(1, DOING, "a5") });
  store.predict({ commandId: "forgotten", body: moved(1, DONE, "a5") });
  for (const id of ["known", "forgotten"]) store.answered(id, { epoch: "k", seq: 12 });
  store.load({ ...aSnapshot([aCard(1, READY, "a0")]), epoch: "k2", seq: 500 });
  expect(store.card(1)?.status).toBe(DOING);
  expect(store.pendingCount).toBe(1);
  store.answered("known", { epoch: "k2", seq: 501 });
  store.reached(501);
  expect(store.pendingCount).toBe(0);
});
