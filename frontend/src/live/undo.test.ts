import { beforeEach, expect, test, vi } from "vitest";
import { ApiError, NetworkError } from "../api/errors";
import type { ProjectEvent } from "../api/events";
import { aCard, aSnapshot, DOING, DONE, READY } from "./board-samples";
import { BoardStore } from "./board-store";
import { addTask, addTasks, archiveTask, changeTask, deleteTask, moveTask } from "./commands";
import { forgetDeed, redoable, said, undoable } from "./deeds";
import { archiveTasks, changeTasks, moveTasks } from "./many";
import { type Command, Outbox } from "./outbox";
import { sendDeed } from "./sent-deeds";
import { redo, undo } from "./undo";

const held = vi.hoisted(() => ({
  outbox: null as Outbox | null,
  stores: new Map<string, BoardStore>(),
  send: vi.fn(),
}));
vi.mock("./streams", () => ({
  get outbox() {
    return held.outbox;
  },
}));
vi.mock("./boards", () => ({ boards: { byStream: (stream: string) => held.stores.get(stream) } }));
vi.mock("../api/client", () => ({ send: held.send }));

type Call = { method: string; path: string; body: Record<string, unknown>; commandId: string };
let calls: Call[];
let isOnline: boolean;
let answer: (call: Call) => unknown;
let refused: [Command, ApiError][];
let here: BoardStore;
let there: BoardStore;
const both = { boardOf: (id: number) => [here, there].find((store) => store.card(id)) };

beforeEach(() => {
  calls = [];
  refused = [];
  isOnline = true;
  answer = () => ({ data: undefined, position: {} });
  for (const stack of [undoable, redoable]) stack.set([]);
  said.set(null);
  here = boardWith(7, [aCard(11, READY, "a0"), aCard(12, READY, "a1"), aCard(13, DOING, "a0")]);
  there = boardWith(8, [aCard(21, READY, "a0")]);
  held.outbox = new Outbox({
    call: (async (method: string, path: string, { body, commandId }: never) => {
      const call = { method, path, body, commandId };
      calls.push(call);
      return answer(call);
    }) as never,
    storage: { all: async () => [], put: async () => {}, remove: async () => {} },
    destination: (stream) => held.stores.get(stream),
    onRefused: (command, error) => {
      forgetDeed(command.commandId);
      refused.push([command, error]);
    },
    tabs: {
      id: "here",
      alive: async () => new Set(["here"]),
      alone: (work: () => unknown) => work(),
    } as never,
    isOnline: () => isOnline,
    sleep: () => new Promise((resolve) => setTimeout(resolve, 1)),
  });
});

function boardWith(id: number, cards: ReturnType<typeof aCard>[]) {
  const snapshot = aSnapshot(cards);
  const store = new BoardStore(
    id,
    async () => snapshot,
    () => 1,
  );
  store.load(snapshot);
  held.stores.set(store.stream, store);
  return store;
}
const settled = () => vi.waitFor(() => expect(held.outbox?.waiting.get()).toBe(0));
const picture = () =>
  [here, there].map((store) => [READY, DOING, DONE].map((status) => store.column(status)));

test("what has not been sent yet is dropped, and sent after all when that is undone", async () => {
  isOnline = false;
  const before = picture();
  changeTask(here, 11, { title: "Other" });
  moveTask(here, 11, { status: DONE, after: null, before: null });
  await undo();
  expect(picture()).toEqual(before);
  expect(here.card(11)?.title).toBe("Other");
  await undo();
  expect(here.card(11)?.title).toBe("Card 11");
  await redo();
  isOnline = true;
  await settled();
  expect(calls.map(({ method, path, body }) => [method, path, body])).toEqual([
    ["PATCH", "/tasks/11", { title: "Other" }],
  ]);
});

test.each<[string, () => void]>([
  ["a move", () => moveTask(here, 11, { status: DOING, after: null, before: 13 })],
  ["a field", () => changeTask(here, 11, { labels: [3], priority: "high" })],
  ["archiving", () => archiveTask(here, 11)],
  ["deletion", () => deleteTask(here, 11)],
  ["a block", () => moveTasks(both, [12, 11], { status: DOING, after: null, before: 13 })],
  [
    "a move to another lane",
    () => moveTask(here, 11, { status: DOING, after: null, before: 13 }, { labels: [3], owner: 2 }),
  ],
  [
    "a block to another lane",
    () => moveTasks(both, [12, 11], { status: DOING, after: null, before: 13 }, { priority: "low" }),
  ],
  ["many on two boards", () => changeTasks(both, [11, 21], { priority: "low", labels: { add: [4] } })],
  ["many archived", () => archiveTasks(both, [11, 13, 21])],
])("after %s that was sent, everything is shown as it was until the server tells", async (_name, act) => {
  const rows = () => [11, 12, 13, 21].map((id) => both.boardOf(id)?.card(id));
  const [before, places] = [rows(), picture()];
  // The story reaches this browser later than the answers.
  answer = () => ({
    data: {},
    position: { "project:7": { epoch: "k", seq: 99 }, "project:8": { epoch: "k", seq: 99 } },
  });
  act();
  const after = picture();
  await settled();
  await undo();
  expect(picture()).toEqual(places);
  expect(rows()).toEqual(before);
  await redo();
  expect(picture()).toEqual(after);
  await settled();
  const [did, undid, redid] = calls;
  expect(undid?.path).toBe(`/commands/${did?.commandId}/undo`);
  expect(redid?.path).toBe(`/commands/${undid?.commandId}/undo`);
  expect(said.get()?.verb).toBe("redid");
});

test("a move to another lane is one command and one thing to take back", async () => {
  moveTask(here, 11, { status: DOING, after: null, before: 13 }, { owner: 2 });
  moveTasks(both, [12], { status: DOING, after: 13, before: null }, { labels: { add: [4] } });
  await settled();
  expect(calls.map(({ method, path, body }) => [method, path, body])).toEqual([
    ["PUT", "/tasks/11/position", { status: DOING, after: null, before: 13, change: { owner: 2 } }],
    [
      "PUT",
      "/tasks/position",
      { tasks: [12], status: DOING, after: 13, before: null, change: { labels: { add: [4] } } },
    ],
  ]);
  expect(undoable.get().map(({ kind, count }) => [kind, count])).toEqual([
    ["move", 1],
    ["move", 1],
  ]);
});

test("refused, a card is back in its place with its facts, and there is nothing to take back", async () => {
  const [before, card] = [picture(), here.card(11)];
  answer = () => {
    throw new ApiError(422, { code: "no_access" });
  };
  moveTask(here, 11, { status: DOING, after: null, before: 13 }, { owner: 2 });
  expect(here.card(11)).toMatchObject({ status: DOING, owner: 2 });
  await settled();
  expect([picture(), here.card(11)]).toEqual([before, card]);
  expect(undoable.get()).toEqual([]);
});

test("an undo waits for what it takes back, which is still on its way", async () => {
  let answered = () => {};
  answer = ({ path }) =>
    path.endsWith("/undo")
      ? { data: {}, position: {} }
      : new Promise((resolve) => {
          answered = () => resolve({ data: {}, position: {} });
        });
  archiveTask(here, 11);
  await vi.waitFor(() => expect(calls).toHaveLength(1));
  await undo();
  expect(here.card(11)).toBeDefined();
  expect(calls).toHaveLength(1);
  answered();
  await settled();
  expect(calls).toHaveLength(2);
});

test("where the server refuses what was done, nothing is left to take back", async () => {
  let refuse = () => {};
  answer = () =>
    new Promise((_resolve, reject) => {
      refuse = () => reject(new ApiError(409, { code: "wip_limit" }));
    });
  moveTask(here, 11, { status: DOING, after: null, before: null });
  await vi.waitFor(() => expect(calls).toHaveLength(1));
  await undo();
  refuse();
  await settled();
  expect(calls).toHaveLength(1);
  expect(refused.map(([command]) => command.method)).toEqual(["PUT"]);
  expect(here.card(11)?.status).toBe(READY);
});

test("an undo that is refused gives the later state back and says why", async () => {
  answer = ({ path }) =>
    path.endsWith("/undo")
      ? Promise.reject(new ApiError(409, { code: "changed_since", message: "Mei has changed this since." }))
      : { data: {}, position: { "project:7": { epoch: "k", seq: 99 } } };
  moveTask(here, 11, { status: DOING, after: null, before: null });
  await settled();
  await undo();
  expect(here.card(11)?.status).toBe(READY);
  await settled();
  expect(here.card(11)?.status).toBe(DOING);
  expect(refused[0]?.[1].message).toBe("Mei has changed this since.");
  expect(redoable.get()).toEqual([]);
});

test("a new card that has got its id is taken off again under that id", async () => {
  answer = ({ path }) => ({
    data: path.endsWith("/tasks") ? { id: 31 } : {},
    position: { "project:7": { epoch: "k", seq: 11 } },
  });
  const id = addTask(here, READY, "New");
  await settled();
  const { commandId } = calls[0] as Call;
  const task = { ...aCard(31, READY, "Zz"), title: "New" };
  const event = {
    seq: 11,
    tx: "t",
    span: 1,
    command_id: commandId,
    actor: 1,
    at: "",
    body: { type: "task.created", id: 31, task },
  };
  here.apply([event as ProjectEvent]);
  expect(here.card(31)?.title).toBe("New");
  await undo();
  expect([here.card(id), here.card(31)]).toEqual([undefined, undefined]);
});

test("several new cards are one command, and each gets its own id", async () => {
  answer = () => ({
    data: { tasks: [{ id: 31 }, { id: 32 }] },
    position: { "project:7": { epoch: "k", seq: 12 } },
  });
  const ids = addTasks(here, READY, ["One", "Two"], { priority: "low" }, "bottom");
  expect(here.column(READY)).toEqual([11, 12, ...ids]);
  changeTask(here, ids[1] as number, { title: "Second" });
  await settled();
  expect(calls.map(({ path, body }) => [path, body])).toEqual([
    [
      "/projects/7/tasks/many",
      {
        at: "bottom",
        tasks: [
          { title: "One", status: READY, priority: "low" },
          { title: "Two", status: READY, priority: "low" },
        ],
      },
    ],
    ["/tasks/32", { title: "Second" }],
  ]);
  const created = (seq: number, id: number, title: string) => ({
    seq,
    tx: "t",
    span: 1,
    command_id: calls[0]?.commandId,
    actor: 1,
    at: "",
    body: { type: "task.created", id, task: { ...aCard(id, READY, `b${seq}`), title } },
  });
  here.apply([created(11, 31, "One"), created(12, 32, "Two")] as ProjectEvent[]);
  expect(here.column(READY)).toEqual([11, 12, 31, 32]);
});

test("something new takes away what could be done again", async () => {
  isOnline = false;
  changeTask(here, 11, { title: "One" });
  await undo();
  expect(redoable.get()).toHaveLength(1);
  changeTask(here, 12, { title: "Two" });
  expect(redoable.get()).toEqual([]);
});

test("in a tab that has done nothing yet, the server knows the last thing on this board", async () => {
  const tasks = [{ id: 11, key: "JL-11", title: "Card 11" }];
  held.send.mockResolvedValue({
    command_id: "u1",
    undoes: "c1",
    is_redo: false,
    types: ["task.moved"],
    count: 1,
    tasks,
  });
  await undo();
  expect(held.send).not.toHaveBeenCalled();
  await undo(here);
  expect(held.send).toHaveBeenLastCalledWith("POST", "/projects/7/undo");
  expect(said.get()?.deed).toMatchObject({ kind: "move", key: "JL-11" });
  await redo(here);
  expect(held.send).toHaveBeenLastCalledWith("POST", "/commands/u1/undo", expect.anything());
});

const aboutCard = { key: "JL-11", title: "Card 11" };
const undone = {
  command_id: "u1",
  undoes: "c1",
  is_redo: false,
  types: ["relation.added"],
  count: 1,
  tasks: [],
};

/** A move that the server has taken; its story comes later. */
async function aMove() {
  answer = () => ({ data: {}, position: { "project:7": { epoch: "k", seq: 99 } } });
  moveTask(here, 11, { status: DOING, after: null, before: null });
  await settled();
}

test("what is sent past the outbox is what undo means next, and an earlier move stays", async () => {
  held.send.mockReset().mockResolvedValue(undone);
  await aMove();
  await sendDeed("relation", aboutCard, "PUT", "/tasks/11/related/12");
  const [, , { commandId }] = held.send.mock.lastCall as [string, string, { commandId: string }];
  await undo();
  expect(held.send).toHaveBeenLastCalledWith("POST", `/commands/${commandId}/undo`, expect.anything());
  expect(said.get()).toMatchObject({ verb: "undid", deed: { kind: "relation" } });
  expect(here.card(11)?.status).toBe(DOING);
  const [, , { commandId: undoing }] = held.send.mock.lastCall as [string, string, { commandId: string }];
  await redo();
  expect(held.send).toHaveBeenLastCalledWith("POST", `/commands/${undoing}/undo`, expect.anything());
  expect(undoable.get().map(({ kind }) => kind)).toEqual(["move", "relation"]);
});

test("what was refused when it was sent is nothing to take back", async () => {
  held.send.mockReset().mockRejectedValue(new ApiError(409, { code: "too_many" }));
  await expect(sendDeed("relation", aboutCard, "PUT", "/tasks/11/related/12")).rejects.toThrow();
  expect(undoable.get()).toEqual([]);
});

test("a refusal to take back is given a reason, and takes back nothing older", async () => {
  held.send.mockReset().mockResolvedValue({});
  await aMove();
  await sendDeed("change", aboutCard, "PATCH", "/tasks/11");
  held.send.mockRejectedValue(new ApiError(409, { code: "cannot_undo", message: "This cannot be undone." }));
  await expect(undo()).rejects.toThrow("This cannot be undone.");
  expect(here.card(11)?.status).toBe(DOING);
  expect(undoable.get().map(({ kind }) => kind)).toEqual(["move"]);
  expect(redoable.get()).toEqual([]);
});

test("without an answer it is still what undo means next", async () => {
  held.send.mockReset().mockResolvedValue({});
  await sendDeed("change", aboutCard, "PATCH", "/tasks/11");
  for (const error of [new NetworkError(null), new ApiError(503, {})]) {
    held.send.mockRejectedValueOnce(error);
    await expect(undo()).rejects.toThrow();
    expect(undoable.get().map(({ kind }) => kind)).toEqual(["change"]);
  }
  held.send.mockResolvedValue(undone);
  await undo();
  expect(undoable.get()).toEqual([]);
});
