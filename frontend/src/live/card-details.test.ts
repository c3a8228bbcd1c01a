import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { ProjectBody } from "../api/events";
import type { Task } from "../api/types";
import { aCard, aSnapshot, at, DOING, READY } from "./board-samples";
import { BoardStore } from "./board-store";
import { addComment, addItem, changeItem } from "./card-commands";
import { CardDetails } from "./card-details";

const ids = vi.hoisted((): string[] => []);
vi.mock("./streams", () => ({ outbox: null }));
vi.mock("../api/command-id", () => ({ newCommandId: () => ids.shift() ?? "own" }));

const row = aCard(11, READY, "a0", { checklist_total: 1 });
const item = { id: 4, text: "Index", done: false, position: "a0" };
const task = {
  ...row,
  key: "HY-11",
  project: 7,
  description: "",
  watchers: [],
  archived_at: null,
  checklist: [item],
  can: ["see", "work"],
};
const answers: Record<string, unknown> = {
  "/api/v1/tasks/11": task,
  "/api/v1/tasks/11/files": { items: [] },
};
let store: BoardStore;
let details: CardDetails;
let release: () => void;

beforeEach(async () => {
  const gate = new Promise<void>((open) => {
    release = open;
  });
  vi.stubGlobal("fetch", async (path: string) => {
    await gate;
    return new Response(JSON.stringify(answers[path] ?? { items: [], next: null }));
  });
  store = new BoardStore(
    7,
    async () => aSnapshot([row]),
    () => 1,
  );
  store.load(aSnapshot([row]));
  details = new CardDetails(store, 11, 1);
  details.start();
});
afterEach(() => vi.unstubAllGlobals());

const shown = () => details.shown.get();
const pendingId = () => store.pendingOn(11).length;
async function loaded() {
  release();
  await vi.waitFor(() => expect(details.phase.get()).toBe("ready"));
}

test("what happens while the card is being fetched is in it when it is here", async () => {
  store.apply([at(1, { type: "task.changed", id: 11, version: 2, description: "Written meanwhile" })]);
  await loaded();
  expect(shown()?.task.description).toBe("Written meanwhile");
  expect(shown()?.history).toHaveLength(1);
});

test("what one does shows at once, on the board and in the sheet, before the server has answered", async () => {
  await loaded();
  ids.push("one", "two", "three");
  const now = shown()?.task as Task;
  changeItem(store, now, item, { done: true });
  addItem(store, shown()?.task as Task, "Roll back");
  addComment(store, shown()?.task as Task, 1, "Done so far");
  expect(pendingId()).toBe(3);
  expect(store.card(11)).toMatchObject({ checklist_total: 2, checklist_done: 1, comments: 1 });
  expect(shown()?.task.checklist.map(({ text, done }) => [text, done])).toEqual([
    ["Index", true],
    ["Roll back", false],
  ]);
  expect(shown()?.comments.map(({ body }) => body)).toEqual(["Done so far"]);
});

test("the story's own word takes the place of the prediction: one comment, not two", async () => {
  await loaded();
  addComment(store, shown()?.task as Task, 1, "Hello");
  const body: ProjectBody = {
    type: "comment.added",
    id: 8,
    task: 11,
    author: 1,
    body: "Hello",
    mentions: [],
    created_at: "2026-11-24T02:00:00Z",
    comments: 1,
  };
  const [predicted] = store.pendingOn(11);
  expect(predicted?.type).toBe("comment.added");
  store.apply([{ ...at(1, body), command_id: "own" }]);
  expect(shown()?.comments.map(({ id }) => id)).toEqual([8]);
  expect(store.pendingCount).toBe(0);
});

test("a refused change is taken back from the sheet too", async () => {
  await loaded();
  addItem(store, shown()?.task as Task, "Roll back");
  store.refused("own");
  expect(shown()?.task.checklist).toHaveLength(1);
  expect(store.card(11)?.checklist_total).toBe(1);
});

test("an archived card stays open, a deleted one is gone", async () => {
  await loaded();
  store.apply([at(1, { type: "task.archived", id: 11, version: 3 })]);
  expect(shown()?.task.archived_at).not.toBeNull();
  store.apply([at(2, { type: "task.restored", id: 11, task: { ...row, status: DOING } })]);
  expect(shown()?.task).toMatchObject({ archived_at: null, status: DOING });
  store.apply([at(3, { type: "task.deleted", id: 11 })]);
  expect(details.phase.get()).toBe("gone");
});
