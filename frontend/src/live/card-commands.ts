import { newCommandId } from "../api/command-id";
import type { ProjectBody } from "../api/events";
import type { ChecklistItem, Sign, Task } from "../api/types";
import type { BoardStore } from "./board-store";
import { give } from "./commands";
import type { Command } from "./outbox";
import { rankBetween } from "./ranks";

/** An own thing on its way has an id of its own until the story tells the real one. */
let lastOwnId = -Date.now();
const nextOwnId = () => --lastOwnId;

type Sent = Pick<Command, "method" | "path"> & { body?: Record<string, unknown>; means: ProjectBody };

function change(store: BoardStore, task: Task, { method, path, body = {}, means }: Sent) {
  give(store, { method, path, task: task.id, body, pending: { commandId: newCommandId(), body: means } });
}

const counts = ({ checklist, version, id }: Task) => ({
  task: id,
  version,
  total: checklist.length,
  done: checklist.filter(({ done }) => done).length,
});

/** A new line at the end of the checklist. */
export function addItem(store: BoardStore, task: Task, text: string) {
  const position = rankBetween(task.checklist.at(-1)?.position ?? null, null);
  const item = { id: nextOwnId(), text, done: false, position };
  const now = counts(task);
  change(store, task, {
    method: "POST",
    path: "/tasks/{task}/checklist",
    body: { text },
    means: { type: "checklist.changed", ...now, item, total: now.total + 1 },
  });
}

export function changeItem(
  store: BoardStore,
  task: Task,
  item: ChecklistItem,
  what: { text?: string; done?: boolean },
) {
  const now = counts(task);
  const ticked = what.done === undefined || what.done === item.done ? 0 : what.done ? 1 : -1;
  change(store, task, {
    method: "PATCH",
    path: `/checklist/${item.id}`,
    body: what,
    means: { type: "checklist.changed", ...now, item: { ...item, ...what }, done: now.done + ticked },
  });
}

/** Puts a line at `index` among the others. */
export function moveItem(store: BoardStore, task: Task, item: ChecklistItem, index: number) {
  const others = task.checklist.filter(({ id }) => id !== item.id);
  const above = others[index - 1];
  const position = rankBetween(above?.position ?? null, others[index]?.position ?? null);
  change(store, task, {
    method: "PATCH",
    path: `/checklist/${item.id}`,
    body: { after: above?.id ?? null },
    means: { type: "checklist.changed", ...counts(task), item: { ...item, position } },
  });
}

export function removeItem(store: BoardStore, task: Task, item: ChecklistItem) {
  const now = counts(task);
  change(store, task, {
    method: "DELETE",
    path: `/checklist/${item.id}`,
    means: {
      type: "checklist.removed",
      ...now,
      item: item.id,
      total: now.total - 1,
      done: now.done - Number(item.done),
    },
  });
}

const mentionsIn = (body: string) => [...body.matchAll(/\]\(\/people\/(\d+)\)/g)].map(([, id]) => Number(id));

export function addComment(store: BoardStore, task: Task, author: number, body: string) {
  change(store, task, {
    method: "POST",
    path: "/tasks/{task}/comments",
    body: { body },
    means: {
      type: "comment.added",
      id: nextOwnId(),
      task: task.id,
      author,
      body,
      mentions: mentionsIn(body),
      created_at: new Date().toISOString(),
      comments: task.comments + 1,
    },
  });
}

export function changeComment(store: BoardStore, task: Task, id: number, body: string) {
  const edited_at = new Date().toISOString();
  change(store, task, {
    method: "PATCH",
    path: `/comments/${id}`,
    body: { body },
    means: { type: "comment.changed", id, task: task.id, body, mentions: mentionsIn(body), edited_at },
  });
}

export function removeComment(store: BoardStore, task: Task, id: number) {
  change(store, task, {
    method: "DELETE",
    path: `/comments/${id}`,
    means: { type: "comment.removed", id, task: task.id, comments: task.comments - 1 },
  });
}

type Given = { comment: number; person: number; sign: Sign };

export function setReaction(store: BoardStore, task: Task, given: Given, isGiven: boolean) {
  change(store, task, {
    method: isGiven ? "PUT" : "DELETE",
    path: `/comments/${given.comment}/reactions/${given.sign}`,
    means: { type: isGiven ? "reaction.added" : "reaction.removed", task: task.id, ...given },
  });
}

export function removeFile(store: BoardStore, task: Task, id: number) {
  change(store, task, {
    method: "DELETE",
    path: `/files/${id}`,
    means: { type: "file.removed", id, task: task.id, files: task.files - 1 },
  });
}

export function setWatching(store: BoardStore, task: Task, person: number, isWatching: boolean) {
  change(store, task, {
    method: isWatching ? "PUT" : "DELETE",
    path: `/tasks/{task}/watchers/${person}`,
    means: { type: isWatching ? "watcher.added" : "watcher.removed", task: task.id, person },
  });
}
