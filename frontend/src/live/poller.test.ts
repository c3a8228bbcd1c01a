import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { ApiError, NetworkError } from "../api/errors";
import type { ProjectEvent } from "../api/events";
import { aCard, aSnapshot, at, DOING, READY } from "./board-samples";
import { BoardStore } from "./board-store";
import { Connection, SENT_AT_ONCE, SILENCE_MS } from "./connection";
import { EVERY_MS } from "./poller";
import { type EventPage, StreamFollower } from "./stream-follower";

/** A network that lets HTTP through, and sockets only when told so. */
let sockets: FakeSocket[];
let connection: Connection;
let store: BoardStore;
let follower: StreamFollower<ProjectEvent>;
let read: ReturnType<typeof vi.fn<(path: string) => Promise<EventPage<ProjectEvent>>>>;
let onSignedOut: ReturnType<typeof vi.fn<() => void>>;
let story: ProjectEvent[];
let isBlocked: boolean;

class FakeSocket {
  readyState = 0;
  sent: Record<string, unknown>[] = [];
  onopen = () => {};
  onmessage = (_message: { data: string }) => {};
  onclose = (_event: { code: number }) => {};
  constructor() {
    sockets.push(this);
    setTimeout(() => (isBlocked ? this.fail() : this.open()), 1);
  }
  open() {
    this.readyState = 1;
    this.onopen();
  }
  fail(code = 1006) {
    this.readyState = 3;
    this.onclose({ code });
  }
  close() {
    if (this.readyState !== 3) this.fail();
  }
  send(text: string) {
    this.sent.push(JSON.parse(text));
  }
  say(frame: object) {
    this.onmessage({ data: JSON.stringify(frame) });
  }
}

beforeEach(() => {
  vi.useFakeTimers();
  sockets = [];
  story = [];
  isBlocked = true;
  store = new BoardStore(
    7,
    async () => ({ ...aSnapshot([aCard(1, DOING, "a0")]), seq: 90, epoch: "k2" }),
    () => 1,
  );
  store.load(aSnapshot([aCard(1, READY, "a0")]));
  read = vi.fn(async (path) => {
    const after = Number(path.split("=")[1]);
    const events = story.filter(({ seq }) => seq > after).slice(0, 2);
    return { epoch: "k", head: story.at(-1)?.seq ?? 10, floor: 0, events };
  });
  onSignedOut = vi.fn();
  const open = () => new FakeSocket() as unknown as WebSocket;
  connection = new Connection({ url: () => "ws://here", onSignedOut, read: read as never, open });
  follower = new StreamFollower(store, { subscribe: connection.subscribe });
  connection.follow(follower);
  connection.start();
});
afterEach(() => {
  connection.stop();
  vi.useRealTimers();
});

const retitled = (seq: number, title: string) =>
  at(seq, { type: "task.changed", id: 1, version: seq, title });
/** Long enough for three failures, and a round. */
const blocked = () => vi.advanceTimersByTimeAsync(8000);

async function nextOpen() {
  isBlocked = false;
  while (sockets.at(-1)?.readyState !== 1) await vi.advanceTimersByTimeAsync(100);
  return sockets.at(-1);
}

test("where sockets are blocked the story is asked for instead, and the mark says that it is slow", async () => {
  await blocked();
  expect(connection.state.get()).toBe("slow");
  expect(follower.isCurrent.get()).toBe(true);
  expect(read).toHaveBeenCalledWith("/projects/7/events?after=10");
  story = [retitled(11, "A"), retitled(12, "B"), retitled(13, "C")];
  await vi.advanceTimersByTimeAsync(EVERY_MS);
  expect(store.card(1)?.title).toBe("C");
  expect(store.seq).toBe(13);
});

test("one lost socket is no reason to ask", async () => {
  await vi.advanceTimersByTimeAsync(2);
  expect(connection.state.get()).toBe("offline");
  expect(read).not.toHaveBeenCalled();
});

test("the socket is tried further, and takes over as soon as it is answered", async () => {
  await blocked();
  const socket = await nextOpen();
  expect(socket?.sent[0]).toMatchObject({ t: "sub", stream: "project:7", after: 10 });
  socket?.say({ t: "sub_ok", id: 1, stream: "project:7", epoch: "k", head: 10 });
  expect(connection.state.get()).toBe("open");
  read.mockClear();
  await vi.advanceTimersByTimeAsync(EVERY_MS * 3);
  expect(read).not.toHaveBeenCalled();
});

test("a socket that opens and then stays silent counts as blocked", async () => {
  isBlocked = false;
  await vi.advanceTimersByTimeAsync(90_000);
  expect(sockets.length).toBeGreaterThan(3);
  expect(connection.state.get()).toBe("slow");
});

test("nothing answers: offline, and back as soon as something does", async () => {
  read.mockRejectedValue(new NetworkError("down"));
  await blocked();
  expect(connection.state.get()).toBe("offline");
  read.mockResolvedValue({ epoch: "k", head: 10, floor: 0, events: [] });
  await vi.advanceTimersByTimeAsync(EVERY_MS);
  expect(connection.state.get()).toBe("slow");
});

test.each([
  ["another history", { epoch: "k2", head: 90, floor: 0, events: [] }],
  ["a story that begins above us", { epoch: "k", head: 90, floor: 50, events: [] }],
  ["a story that is shorter than ours", { epoch: "k", head: 3, floor: 0, events: [] }],
])("%s leads to a fresh snapshot", async (_name, page) => {
  read.mockResolvedValue(page);
  await blocked();
  expect(store.seq).toBe(90);
  expect(store.card(1)?.status).toBe(DOING);
});

test("what is hidden or deleted meanwhile is gone", async () => {
  read.mockRejectedValue(new ApiError(404, { code: "not_found" }));
  await blocked();
  expect(store.phase.get()).toBe("gone");
});

test("once the way in is closed nothing is asked any more", async () => {
  await blocked();
  sockets.at(-1)?.fail(4401);
  connection.stop();
  read.mockClear();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(read).not.toHaveBeenCalled();
});

test("a line that has gone silent is lost, though its socket does not say so and cannot be closed", async () => {
  isBlocked = false;
  await vi.advanceTimersByTimeAsync(2000);
  const socket = sockets.at(-1);
  socket?.say({ t: "sub_ok", id: 1, stream: "project:7", epoch: "k", head: 10 });
  if (socket) socket.close = () => {};
  const before = sockets.length;
  isBlocked = true;
  await vi.advanceTimersByTimeAsync(SILENCE_MS);
  expect(connection.state.get()).toBe("offline");
  expect(follower.isCurrent.get()).toBe(false);
  isBlocked = false;
  await vi.advanceTimersByTimeAsync(2000);
  expect(sockets.length).toBeGreaterThan(before);
});

test("where a second socket is tried, the first is closed and heard no more", async () => {
  await blocked();
  const first = await nextOpen();
  dispatchEvent(new Event("online"));
  const second = sockets.at(-1);
  expect(second).not.toBe(first);
  expect(first?.readyState).toBe(3);
  first?.say({ t: "resync", stream: "project:7", reason: "gap" });
  await vi.advanceTimersByTimeAsync(5);
  expect(store.seq).toBe(10);
});

test("who follows many boards says so piece by piece, or the server would think it a flood", async () => {
  const others = Array.from({ length: 50 }, (_, index) => {
    const other = new BoardStore(
      100 + index,
      async () => aSnapshot([]),
      () => 1,
    );
    other.load({ ...aSnapshot([]), project: { ...aSnapshot([]).project, id: 100 + index } });
    return new StreamFollower(other, { subscribe: connection.subscribe });
  });
  for (const other of others) connection.follow(other);
  const socket = await nextOpen();
  expect(socket?.sent.length).toBeLessThanOrEqual(SENT_AT_ONCE + 2);
  await vi.advanceTimersByTimeAsync(2000);
  const streams = socket?.sent.map(({ stream }) => stream);
  expect(streams).toEqual(["project:7", ...others.map(({ stream }) => stream)]);
});
