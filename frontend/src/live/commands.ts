import { newCommandId } from "../api/command-id";
import type { ProjectBody } from "../api/events";
import type { TaskRow } from "../api/types";
import type { BoardStore } from "./board-store";
import { bodiesOf, cardsIn, type Pending } from "./card-table";
import { kindOf, noteDeed, oppositeOf } from "./deeds";
import { inOneStep } from "./one-step";
import { type Command, halvesOf } from "./outbox";
import { tasksIn } from "./reduce-task";
import { outbox } from "./streams";

/** Between which cards of a column a card stands; both null is the column's bottom. */
export type Place = { status: number; after: number | null; before: number | null };
export type CardChange = Partial<
  Pick<
    TaskRow,
    | "title"
    | "function"
    | "owner"
    | "assignees"
    | "labels"
    | "priority"
    | "start"
    | "due"
    | "estimate"
    | "parent"
    | "blocked_by"
  >
>;

let lastOwnId = -Date.now();

/** Shows a card in its new place, with what else changes by going there, and sends that as one command. */
export function moveTask(
  store: BoardStore,
  id: number,
  { status, after, before }: Place,
  change: CardChange = {},
) {
  const card = store.card(id);
  if (!card) return;
  const rank = store.rankBetween(after, before);
  const entered = card.status === status ? {} : { entered_at: new Date().toISOString() };
  const changes = Object.keys(change).length > 0;
  give(store, {
    method: "PUT",
    path: "/tasks/{task}/position",
    task: id,
    body: { status, after, before, ...(changes && { change }) },
    pending: {
      commandId: newCommandId(),
      body: { type: "task.moved", id, version: card.version, status, rank, ...entered },
      ...(changes && { more: [{ type: "task.changed", id, version: card.version, ...change }] }),
      between: { after, before },
    },
  });
}

/** Changes facts of a card: shown at once, sent as only what changed. Not for the description (`If-Match`). */
export function changeTask(store: BoardStore, id: number, change: CardChange) {
  const card = store.card(id);
  if (!card) return;
  const body: ProjectBody = { type: "task.changed", id, version: card.version, ...change };
  give(store, {
    method: "PATCH",
    path: "/tasks/{task}",
    task: id,
    body: change,
    pending: { commandId: newCommandId(), body },
  });
}

/** Takes a card off the board; it can be restored. */
export function archiveTask(store: BoardStore, id: number) {
  const card = store.card(id);
  if (!card) return;
  give(store, {
    method: "POST",
    path: "/tasks/{task}/archive",
    task: id,
    body: {},
    pending: { commandId: newCommandId(), body: { type: "task.archived", id, version: card.version } },
  });
}

/** Deletes a card; it can be undone for a month. */
export function deleteTask(store: BoardStore, id: number) {
  give(store, {
    method: "DELETE",
    path: "/tasks/{task}",
    task: id,
    body: {},
    pending: { commandId: newCommandId(), body: { type: "task.deleted", id } },
  });
}

export type End = "top" | "bottom";

/**
 * Adds cards at an end of a column, in this order and in one step; gives back the ids under which they are shown until
 * the server has given them theirs.
 */
export function addTasks(
  store: BoardStore,
  status: number,
  titles: readonly string[],
  facts: CardChange = {},
  at: End = "top",
): number[] {
  const column = store.column(status);
  const ranks =
    at === "top"
      ? store.ranksBetween(null, column[0] ?? null, titles.length)
      : store.ranksBetween(column.at(-1) ?? null, null, titles.length);
  const entered_at = new Date().toISOString();
  const bodies = titles.map((title, index): ProjectBody => {
    lastOwnId -= 1;
    const rank = ranks[index] ?? "";
    const task: TaskRow = { ...blank, ...facts, id: lastOwnId, title, status, rank, entered_at };
    return { type: "task.created", id: task.id, task };
  });
  const [body, ...more] = bodies;
  if (!body) return [];
  const drafts = titles.map((title) => ({ title, status, ...facts }));
  const tasks = `/projects/${store.projectId}/tasks`;
  give(store, {
    method: "POST",
    task: null,
    ...(more.length
      ? { path: `${tasks}/many`, body: { tasks: drafts, at } }
      : { path: tasks, body: { ...drafts[0], at } }),
    pending: { commandId: newCommandId(), body, more },
  });
  return bodies.map((created) => ("id" in created ? (created.id ?? 0) : 0));
}

/** Adds a card at the top of a column; gives back its id, as `addTasks` does. */
export const addTask = (
  store: BoardStore,
  status: number,
  title: string,
  facts: CardChange = {},
  at?: End,
): number => addTasks(store, status, [title], facts, at)[0] ?? 0;

const blank: Omit<TaskRow, "id" | "title" | "status" | "rank" | "entered_at"> = {
  number: 0,
  version: 0,
  function: null,
  owner: null,
  assignees: [],
  labels: [],
  priority: "",
  start: null,
  due: null,
  estimate: null,
  parent: null,
  blocked_by: [],
  checklist_total: 0,
  checklist_done: 0,
  comments: 0,
  files: 0,
  waits: null,
};

/** How a command is sent: without what is made for it on the way. */
export type Sending = Pick<Command, "method" | "path" | "task" | "body" | "undoes">;
/** What it will probably do on one board. */
export type Prediction = { store: BoardStore; pending: Pending };

/** Shows what will probably happen, and sends the command that makes it so. It can be undone. */
export function give(store: BoardStore, { pending, ...sending }: Sending & { pending: Pending }) {
  giveAll([{ store, pending }], sending);
}

/** As `give`, for what happens on several boards in one step. */
export function giveAll(predictions: readonly Prediction[], sending: Sending) {
  const sent = sendOut(predictions, sending);
  if (!sent) return;
  const { command, opposites } = sent;
  const cards = new Set(halvesOf(command).flatMap(({ pending }) => cardsIn(pending)));
  const types = halvesOf(command).flatMap(({ pending }) => bodiesOf(pending).map(({ type }) => type));
  const kind = kindOf(types.find((type) => type !== "task.changed") ?? types[0] ?? "");
  const { key = "", title = "" } = command.about ?? {};
  noteDeed({ commandId: command.commandId, kind, count: cards.size, key, title, opposites, command });
}

/** Shows and sends; gives back what was sent, and what makes it as it was. */
export function sendOut(predictions: readonly Prediction[], sending: Sending) {
  const [first, ...others] = predictions;
  if (!first) return null;
  const { commandId } = first.pending;
  const about = aboutOf(predictions);
  const opposites = predictions.map(({ store, pending }) => ({
    stream: store.stream,
    bodies: bodiesOf(pending).map((body) => oppositeOf(body, store.card(tasksIn(body)[0] ?? 0))),
  }));
  inOneStep(() => {
    for (const { store, pending } of predictions) store.predict(pending);
  });
  const also = others.map(({ store, pending }) => ({ stream: store.stream, pending }));
  const command: Command = {
    ...sending,
    ...(also.length && { also }),
    commandId,
    stream: first.store.stream,
    pending: first.pending,
    at: Date.now(),
    about,
  };
  outbox?.add(command);
  return { command, opposites };
}

/** The only card that it is about; of several, how many. */
function aboutOf(predictions: readonly Prediction[]): Command["about"] {
  const ids = new Set(predictions.flatMap(({ pending }) => cardsIn(pending)));
  const [only] = ids;
  const store = predictions[0]?.store;
  if (only === undefined || !store) return undefined;
  if (ids.size > 1) return { key: "", title: "", count: ids.size };
  const card = store.card(only);
  const project = store.facts.get()?.project.key;
  return card && { key: card.number ? `${project}-${card.number}` : "", title: card.title };
}
