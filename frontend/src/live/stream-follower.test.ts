import { beforeEach, expect, test, vi } from "vitest";
import { ApiError } from "../api/errors";
import type { ProjectEvent } from "../api/events";
import { aCard, aSnapshot, at, DOING, READY } from "./board-samples";
import { BoardStore } from "./board-store";
import { StreamFollower } from "./stream-follower";

let store: BoardStore;
let follower: StreamFollower<ProjectEvent>;
let subscribe: ReturnType<typeof vi.fn<(stream: string, epoch: string, after: number) => void>>;
let fetched: ReturnType<typeof vi.fn<() => Promise<ReturnType<typeof aSnapshot>>>>;
let pass: (ms: number) => void;

beforeEach(() => {
  const fresh = { ...aSnapshot([aCard(1, DOING, "a0")]), seq: 90 };
  fetched = vi.fn(async () => fresh);
  store = new BoardStore(7, fetched, () => 1);
  store.load(aSnapshot([aCard(1, READY, "a0")]));
  subscribe = vi.fn();
  const clock = { now: 0, due: [] as { at: number; action: () => void }[] };
  pass = (ms) => {
    clock.now += ms;
    for (const { action } of clock.due.filter((timer) => timer.at <= clock.now)) action();
    clock.due = clock.due.filter((timer) => timer.at > clock.now);
  };
  follower = new StreamFollower(store, {
    subscribe,
    now: () => clock.now,
    later: (action, ms) => void clock.due.push({ at: clock.now + ms, action }),
  });
  follower.connected();
  follower.subscribed({ epoch: "k", head: 10 });
});

const retitled = (seq: number, title: string) =>
  at(seq, { type: "task.changed", id: 1, version: seq, title });
const frame = (...events: ProjectEvent[]) => ({
  t: "ev" as const,
  stream: "project:7",
  from: events[0]?.seq ?? 0,
  to: events.at(-1)?.seq ?? 0,
  events,
});

test("joins after the last event of the snapshot and is current when the server's head is reached", () => {
  expect(subscribe).toHaveBeenCalledWith("project:7", "k", 10);
  expect(follower.isCurrent.get()).toBe(true);
});

test("after a break it is catching up until it has what it missed", () => {
  follower.disconnected();
  follower.connected();
  follower.subscribed({ epoch: "k", head: 12 });
  expect(follower.isCurrent.get()).toBe(false);
  follower.received(frame(retitled(11, "A"), retitled(12, "B")));
  expect(follower.isCurrent.get()).toBe(true);
  expect(store.card(1)?.title).toBe("B");
});

test("what was already applied is dropped, what overlaps is applied from where we are", () => {
  follower.received(frame(retitled(11, "A"), retitled(12, "B")));
  follower.received(frame(retitled(11, "A")));
  expect(store.card(1)?.title).toBe("B");
  follower.received(frame(retitled(12, "B"), retitled(13, "C")));
  expect(store.card(1)?.title).toBe("C");
  expect(store.seq).toBe(13);
});

test("a gap is not applied; it subscribes again three times, then takes a fresh snapshot", async () => {
  subscribe.mockClear();
  for (let time = 0; time < 3; time++) follower.received(frame(retitled(15, "Too early")));
  expect(store.card(1)?.title).toBe("Card 1");
  expect(subscribe.mock.calls).toEqual([10, 10, 10].map((after) => ["project:7", "k", after]));
  expect(fetched).not.toHaveBeenCalled();
  follower.received(frame(retitled(15, "Too early")));
  await vi.waitFor(() => expect(store.seq).toBe(90));
  expect(subscribe).toHaveBeenLastCalledWith("project:7", "k", 90);
});

test("a heartbeat that stays ahead for five seconds means something was lost", () => {
  subscribe.mockClear();
  follower.heartbeat(11);
  pass(4000);
  expect(subscribe).not.toHaveBeenCalled();
  pass(1000);
  expect(subscribe).toHaveBeenCalledWith("project:7", "k", 10);
});

test("a heartbeat ahead is forgotten when the events come after all", () => {
  subscribe.mockClear();
  follower.heartbeat(11);
  follower.received(frame(retitled(11, "A")));
  pass(6000);
  expect(subscribe).not.toHaveBeenCalled();
});

test("another history, or one that is shorter than ours, leads to a fresh snapshot", async () => {
  follower.subscribed({ epoch: "other", head: 10 });
  await vi.waitFor(() => expect(store.seq).toBe(90));
  fetched.mockClear();
  follower.subscribed({ epoch: "k", head: 50 });
  await vi.waitFor(() => expect(fetched).toHaveBeenCalledOnce());
});

test("an unknown event type leads to a fresh snapshot", async () => {
  follower.received(frame({ ...retitled(11, ""), body: { type: "task.painted", id: 1 } as never }));
  await vi.waitFor(() => expect(store.seq).toBe(90));
});

test("a transaction is applied whole or not at all", () => {
  const told = vi.fn();
  store.watchCard(1, told);
  follower.received(frame({ ...retitled(11, "A"), tx: "one" }, { ...retitled(12, "B"), tx: "one" }));
  expect(told).toHaveBeenCalledOnce();
});

test("gone is gone", () => {
  follower.gone();
  expect(store.phase.get()).toBe("gone");
});

test("a board that is not there any more when it is asked for again is gone, and nobody asks further", async () => {
  fetched.mockRejectedValue(new ApiError(404, { code: "not_found" }));
  await follower.resync("access");
  expect(store.phase.get()).toBe("gone");
  pass(10_000);
  expect(fetched).toHaveBeenCalledOnce();
});

test("a server that cannot answer is asked again", async () => {
  fetched.mockRejectedValueOnce(new ApiError(503, { code: "unavailable" }));
  await follower.resync("access");
  expect(store.phase.get()).toBe("ready");
  pass(5000);
  await vi.waitFor(() => expect(store.seq).toBe(90));
});
