import { newCommandId } from "./command-id";

/** How many are remembered; who has pressed something else since then means something else. */
const MOST = 20;

/**
 * Changes that went out and got no answer, each with its command id: nobody knows whether they were carried out. Whoever
 * presses again sends the same command, and the server does it once.
 */
const unanswered = new Map<string, string>();

/** A form with files has none, as it is put together anew each time; and nothing with a password in it is kept. */
function nameOf(method: string, path: string, body: unknown): string {
  const name = body instanceof FormData ? "" : `${method} ${path} ${JSON.stringify(body) ?? ""}`;
  return /password/i.test(name) ? "" : name;
}

/** The id for this change: the one that it went out with before, where that got no answer. */
export const commandIdFor = (method: string, path: string, body: unknown): string =>
  unanswered.get(nameOf(method, path, body)) ?? newCommandId();

/** Whether the server is known to have done it, or to have refused. */
export function noteAnswer(method: string, path: string, body: unknown, commandId: string, isSure: boolean) {
  const name = nameOf(method, path, body);
  if (!name) return;
  unanswered.delete(name);
  if (isSure) return;
  unanswered.set(name, commandId);
  const [oldest] = unanswered.keys();
  if (unanswered.size > MOST && oldest !== undefined) unanswered.delete(oldest);
}
