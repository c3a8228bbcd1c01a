import { type Method, type RequestOptions, send } from "../api/client";
import type { Task, TaskFile } from "../api/types";
import { commandIdFor } from "../api/unanswered";
import { type DeedKind, noteDeed } from "./deeds";

type About = Pick<Task, "key" | "title">;

/**
 * Sends a change of a card that isn't shown before it is answered, and notes it: undo then means this change and no
 * older one. What the server can't take back it refuses with a reason. `about` is the card; of a new one, in the answer.
 */
export async function sendDeed<T>(
  kind: DeedKind,
  about: About | ((answer: T) => About),
  method: Exclude<Method, "GET">,
  path: string,
  options: Omit<RequestOptions, "commandId"> = {},
): Promise<T> {
  const commandId = commandIdFor(method, path, options.body);
  const answer = await send<T>(method, path, { ...options, commandId });
  const { key, title } = typeof about === "function" ? about(answer) : about;
  noteDeed({ commandId, kind, count: 1, key, title, opposites: [] });
  return answer;
}

/** Puts a file on a card. */
export function uploadFile(task: About & Pick<Task, "id">, file: File): Promise<TaskFile> {
  const body = new FormData();
  body.set("file", file);
  return sendDeed<TaskFile>("file", task, "POST", `/tasks/${task.id}/files`, { body });
}
