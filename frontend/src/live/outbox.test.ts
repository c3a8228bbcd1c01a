import { beforeEach, expect, test, vi } from "vitest";
import { ApiError, NetworkError } from "../api/errors";
import { type Command, type CommandStorage, Outbox } from "./outbox";
import type { Tabs } from "./tabs";

const position = { "project:7": { epoch: "k", seq: 11 } };
let stored: Map<string, Command>;
let storage: CommandStorage;
const destination = {
  realId: vi.fn((id: number) => (id > 0 ? id : undefined)),
  answered: vi.fn(),
  refused: vi.fn(),
};
const onRefused = vi.fn();
const sleep = vi.fn(async () => {});

beforeEach(() => {
  vi.clearAllMocks();
  living.clear();
  stored = new Map();
  storage = {
    all: async () => [...stored.values()],
    put: async (command) => void stored.set(command.commandId, command),
    remove: async (commandId) => void stored.delete(commandId),
  };
});

type Options = ConstructorParameters<typeof Outbox>[0];
function outboxWith(call: ReturnType<typeof vi.fn>, more: Partial<Options> = {}) {
  const options = { storage, destination: () => destination, onRefused, sleep, tabs: tab("here"), ...more };
  return new Outbox({ ...options, call: call as never });
}
const living = new Set<string>();
let turn: Promise<unknown> = Promise.resolve();
/** Tabs that see each other and wait for their turn. */
function tab(id: string): Tabs {
  living.add(id);
  return {
    id,
    alive: async () => living,
    alone: (work) => {
      const done = turn.then(work);
      turn = done.catch(() => {});
      return done;
    },
  };
}
function moveOf(task: number, commandId = `move-${task}`): Command {
  return {
    commandId,
    stream: "project:7",
    method: "PUT",
    path: "/tasks/{task}/position",
    task,
    body: { status: 2, after: null, before: null },
    pending: { commandId, body: { type: "task.moved", id: task, version: 1, status: 2, rank: "a0" } },
    at: 1,
  };
}
function creationOf(own: number): Command {
  const body = { type: "task.created", id: own, task: {} } as Command["pending"]["body"];
  return {
    ...moveOf(own, `new-${own}`),
    method: "POST",
    path: "/projects/7/tasks",
    task: null,
    body: { title: "New" },
    pending: { commandId: `new-${own}`, body },
  };
}

test("an answered command tells its board where it stands and leaves nothing behind", async () => {
  const outbox = outboxWith(vi.fn(async () => ({ data: { id: 9 }, position })));
  outbox.add(moveOf(9));
  expect(outbox.waiting.get()).toBe(1);
  await vi.waitFor(() => expect(outbox.waiting.get()).toBe(0));
  expect(destination.answered).toHaveBeenCalledWith("move-9", { epoch: "k", seq: 11 }, [9]);
  expect(stored.size).toBe(0);
});

test("without an answer the same command is sent again under the same id", async () => {
  const call = vi
    .fn()
    .mockRejectedValueOnce(new NetworkError("down"))
    .mockRejectedValueOnce(new ApiError(503, {}))
    .mockResolvedValue({ data: { id: 9 }, position });
  const outbox = outboxWith(call);
  outbox.add(moveOf(9));
  await vi.waitFor(() => expect(outbox.waiting.get()).toBe(0));
  expect(call.mock.calls.map(([, , options]) => options.commandId)).toEqual(["move-9", "move-9", "move-9"]);
  expect(sleep).toHaveBeenCalledTimes(2);
  expect(destination.refused).not.toHaveBeenCalled();
});

test("a refusal takes the prediction back and says why", async () => {
  const error = new ApiError(409, { code: "wip_limit", message: "Review is full" });
  const outbox = outboxWith(vi.fn(async () => Promise.reject(error)));
  const command = moveOf(9);
  outbox.add(command);
  await vi.waitFor(() => expect(onRefused).toHaveBeenCalledWith(expect.objectContaining(command), error));
  expect(destination.refused).toHaveBeenCalledWith("move-9");
  await vi.waitFor(() => expect(stored.size).toBe(0));
});

test("changes of one card keep their order, others don't wait for them", async () => {
  const sent: string[] = [];
  let answerFirst = () => {};
  const call = vi.fn(async (_method: string, path: string, { commandId }: { commandId: string }) => {
    sent.push(commandId);
    if (commandId === "a1") await new Promise<void>((resolve) => (answerFirst = resolve));
    return { data: { id: Number(path.split("/")[2]) }, position };
  });
  const outbox = outboxWith(call);
  outbox.add(moveOf(1, "a1"));
  outbox.add(moveOf(1, "a2"));
  outbox.add(moveOf(2, "b1"));
  await vi.waitFor(() => expect(sent).toEqual(["a1", "b1"]));
  answerFirst();
  await vi.waitFor(() => expect(sent).toEqual(["a1", "b1", "a2"]));
});

test("what was unsent when the page was closed goes out from the next one", async () => {
  stored.set("move-9", moveOf(9));
  const call = vi.fn(async () => ({ data: { id: 9 }, position }));
  const left = await outboxWith(call).adopt();
  expect(left.map(({ commandId }) => commandId)).toEqual(["move-9"]);
  await vi.waitFor(() => expect(stored.size).toBe(0));
});

test("a move of a card that is still being added is sent to the id that the server gave it", async () => {
  const call = vi.fn(async () => ({ data: { id: 55 }, position }));
  const outbox = outboxWith(call);
  outbox.add(creationOf(-3));
  outbox.add(moveOf(-3));
  await vi.waitFor(() => expect(outbox.waiting.get()).toBe(0));
  expect((call.mock.calls as unknown[][]).map(([, path]) => path)).toEqual([
    "/projects/7/tasks",
    "/tasks/55/position",
  ]);
});

test("a card that is still being added is known by its real id within a change, too", async () => {
  const call = vi.fn(async () => ({ data: { id: 55 }, position }));
  const outbox = outboxWith(call);
  outbox.add(creationOf(-3));
  const change = { owner: null, labels: { add: [4], leaving: [{ id: 3, tasks: [-3, 8] }] } };
  outbox.add({ ...moveOf(-3), path: "/tasks/position", task: null, body: { tasks: [-3, 8], change } });
  await vi.waitFor(() => expect(outbox.waiting.get()).toBe(0));
  expect(call).toHaveBeenLastCalledWith(
    "PUT",
    "/tasks/position",
    expect.objectContaining({
      body: {
        tasks: [55, 8],
        change: { owner: null, labels: { add: [4], leaving: [{ id: 3, tasks: [55, 8] }] } },
      },
    }),
  );
});

test("a command that told nothing is made known, so that nobody takes it back", async () => {
  const onUnchanged = vi.fn();
  const outbox = outboxWith(
    vi.fn(async (_method: string, path: string) => ({
      data: {},
      position: path.includes("9") ? {} : position,
    })),
    { onUnchanged },
  );
  for (const id of [8, 9]) outbox.add(moveOf(id));
  await vi.waitFor(() => expect(outbox.waiting.get()).toBe(0));
  expect(onUnchanged.mock.calls.map(([{ task }]) => task)).toEqual([9]);
});

test("a move of a card whose creation was refused is dropped with it", async () => {
  const call = vi.fn(async () => Promise.reject(new ApiError(400, { code: "malformed" })));
  const outbox = outboxWith(call);
  outbox.add(creationOf(-3));
  outbox.add(moveOf(-3));
  await vi.waitFor(() => expect(outbox.waiting.get()).toBe(0));
  expect(call).toHaveBeenCalledOnce();
  expect(destination.refused).toHaveBeenCalledTimes(2);
});

const answer = () => vi.fn(async () => ({ data: { id: 9 }, position }));
const idle = (outbox: Outbox) => vi.waitFor(() => expect(outbox.waiting.get()).toBe(0));

test("what a living tab is sending is left to it; when it is gone, one of the others sends it", async () => {
  stored.set("move-9", { ...moveOf(9), tab: "other" });
  living.add("other");
  const calls = [answer(), answer()];
  const outboxes = calls.map((call, index) => outboxWith(call, { tabs: tab(`tab${index}`) }));
  for (const outbox of outboxes) expect(await outbox.adopt()).toEqual([]);
  living.delete("other");
  const adopted = await Promise.all(outboxes.map((outbox) => outbox.adopt()));
  expect(adopted.flat()).toHaveLength(1);
  await Promise.all(outboxes.map(idle));
  expect(calls.flatMap((call) => call.mock.calls)).toHaveLength(1);
});

test("what this tab is sending already is not taken up once more", async () => {
  let letGo = () => {};
  const call = vi.fn(() => new Promise((resolve) => (letGo = () => resolve({ data: { id: 9 }, position }))));
  const outbox = outboxWith(call);
  outbox.add(moveOf(9));
  expect(await outbox.adopt()).toEqual([]);
  await vi.waitFor(() => expect(call).toHaveBeenCalledOnce());
  letGo();
  await idle(outbox);
});

test("without a connection nothing is tried, and it goes out however late it comes back", async () => {
  let online = false;
  let now = 0;
  sleep.mockImplementation(async () => {
    now += 3600_000;
    online = now > 80 * 3600_000;
  });
  const call = answer();
  const outbox = outboxWith(call, { isOnline: () => online, now: () => now });
  outbox.add(moveOf(9));
  await idle(outbox);
  expect(call).toHaveBeenCalledOnce();
  expect(onRefused).not.toHaveBeenCalled();
});

test("what may have reached the server more than a day ago is reported, not done twice", async () => {
  const now = 30 * 3600_000;
  stored.set("move-9", { ...moveOf(9), firstSentAt: 1 });
  const call = answer();
  const outbox = outboxWith(call, { now: () => now });
  await outbox.adopt();
  await idle(outbox);
  expect(call).not.toHaveBeenCalled();
  expect(onRefused.mock.calls[0]?.[1]).toMatchObject({ code: "too_late" });
  expect(stored.size).toBe(0);
});

test("when somebody else has signed in nothing is sent, and it stays for the person whose it is", async () => {
  const call = answer();
  const outbox = outboxWith(call, { maySend: async () => false });
  outbox.add(moveOf(9));
  outbox.add(moveOf(10));
  await idle(outbox);
  expect(call).not.toHaveBeenCalled();
  expect([...stored.keys()]).toEqual(["move-9", "move-10"]);
  expect(onRefused).not.toHaveBeenCalled();
});

test("a command whose answer belongs to a lost history goes out once more, under its id", async () => {
  const call = answer();
  const outbox = outboxWith(call);
  outbox.add(moveOf(9));
  await idle(outbox);
  expect(outbox.sendAgain("move-9")).toBe(true);
  expect(outbox.sendAgain("move-9")).toBe(false);
  await idle(outbox);
  expect((call.mock.calls as unknown[][]).map(([, , options]) => options)).toMatchObject([
    { commandId: "move-9" },
    { commandId: "move-9" },
  ]);
  expect(outbox.sendAgain("never heard of")).toBe(false);
});
