import { send } from "../api/client";
import { newCommandId } from "../api/command-id";
import { ApiError } from "../api/errors";
import type { ProjectBody } from "../api/events";
import type { Undone } from "../api/types";
import type { Observable } from "../observable";
import type { BoardStore } from "./board-store";
import { boards } from "./boards";
import { type Prediction, sendOut } from "./commands";
import { type Deed, kindOf, pop, push, redoable, said, undoable } from "./deeds";
import { halvesOf } from "./outbox";
import { outbox } from "./streams";

/**
 * Takes back the last thing that was done in this tab: at once, and on the server through its own rules. What has not
 * been sent yet is never sent. Without anything done here, the last thing of this person on `board`. Raises `ApiError`
 * then, and for what was sent past the outbox; else a refusal is told like that of any other command. What is refused
 * is off the stack.
 */
export const undo = (board?: BoardStore) => step("undo", board);

/** Does again what was undone last. */
export const redo = (board?: BoardStore) => step("redo", board);

async function step(what: "undo" | "redo", board?: BoardStore) {
  const [from, to]: Stack[] = what === "undo" ? [undoable, redoable] : [redoable, undoable];
  const deed = from && pop(from);
  if (!from || !to || (!deed && !board)) return;
  let next: Deed;
  try {
    if (deed) next = deed.isDropped ? sendAfterAll(deed) : await takeBack(deed);
    else next = deedOf(await send<Undone>("POST", `/projects/${board?.projectId}/${what}`));
  } catch (error) {
    // Nobody has answered: it still stands, and the next undo means it again rather than what is older.
    if (deed && !(error instanceof ApiError && !error.isTemporary)) push(from, deed);
    throw error;
  }
  push(to, next);
  said.set({ verb: what === "undo" ? "undid" : "redid", deed: next, at: Date.now() });
}
type Stack = Observable<readonly Deed[]>;

/** Gives back the deed that takes this one back in turn. */
async function takeBack(deed: Deed): Promise<Deed> {
  if (outbox?.drop(deed.commandId)) return { ...deed, isDropped: true };
  const path = `/commands/${deed.commandId}/undo`;
  const commandId = newCommandId();
  const predictions: Prediction[] = deed.opposites.flatMap(({ stream, bodies }) => {
    const store = boards.byStream(stream);
    const [body, ...more] = bodies.map((one) => withRealId(store, one)).reverse();
    return store && body ? [{ store, pending: { commandId, body, more } }] : [];
  });
  const sent = sendOut(predictions, { method: "POST", path, task: null, body: {}, undoes: deed.commandId });
  if (sent) return { ...deed, ...sent, commandId };
  await send<Undone>("POST", path, { commandId });
  return { ...deed, commandId };
}

/** It was thought better of before it had left, and now thought better of that. */
function sendAfterAll(deed: Deed): Deed {
  const commandId = newCommandId();
  const predictions = (deed.command ? halvesOf(deed.command) : []).flatMap(({ stream, pending }) => {
    const store = boards.byStream(stream);
    return store ? [{ store, pending: { ...pending, commandId } }] : [];
  });
  const sent = deed.command && sendOut(predictions, deed.command);
  return { ...deed, ...sent, commandId, isDropped: false };
}

/** A card that was new then is known by the server's id by now. */
function withRealId(store: BoardStore | undefined, body: ProjectBody): ProjectBody {
  if (!("id" in body) || body.id === undefined || body.id > 0) return body;
  const id = store?.realId(body.id) ?? body.id;
  const row = body.type === "task.restored" && { task: { ...body.task, id } };
  return { ...body, id, ...row } as ProjectBody;
}

/** What the server took back, as something that can be taken back in turn. */
function deedOf({ command_id, types, count, tasks }: Undone): Deed {
  const only = count === 1 ? tasks[0] : undefined;
  const type = types.find((one) => one.startsWith("task.") && one !== "task.changed") ?? types[0] ?? "";
  const { key = "", title = "" } = only ?? {};
  return { commandId: command_id, kind: kindOf(type), count, key, title, opposites: [] };
}
