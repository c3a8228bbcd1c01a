import { ApiError, NetworkError } from "../api/errors";
import { Observable } from "../observable";
import { database } from "./browser-database";
import { personHere } from "./person-here";
import { whenIdle } from "./when-idle";

/** What is kept, and how many of each; the one that was read longest ago makes room. */
const MOST = { me: 1, workspace: 1, board: 12, card: 200, answer: 60 };
export type KeptKind = keyof typeof MOST;

/**
 * Since when what is on the screen may no longer be true; null while the server can be heard. Where several things are
 * shown that were read at different times, the oldest counts.
 */
export const asOf = new Observable<number | null>(null);

export function notAsOf(at: number) {
  asOf.set(Math.min(asOf.get() ?? Number.POSITIVE_INFINITY, at));
}

/** Keeps a copy for this browser's person, to be read when there is no connection. Never in the way of anything. */
export async function keep(kind: KeptKind, name: string, value: unknown) {
  const person = personHere();
  if (person === null) return;
  try {
    const transaction = (await database()).transaction("kept", "readwrite");
    await transaction.store.put({ person, kind, name, at: Date.now(), value });
    const all = IDBKeyRange.bound([person, kind], [person, kind, []]);
    let surplus = (await transaction.store.index("age").count(all)) - MOST[kind];
    let oldest = surplus > 0 ? await transaction.store.index("age").openCursor(all) : null;
    for (; oldest && surplus > 0; surplus--) {
      await oldest.delete();
      oldest = await oldest.continue();
    }
    await transaction.done;
  } catch {
    // A private window or a full disk: there is a connection for that.
  }
}

/** The copy, if this person has one here. */
export async function kept<T>(kind: KeptKind, name: string): Promise<{ at: number; value: T } | undefined> {
  const person = personHere();
  if (person === null) return undefined;
  const found = await (await database()).get("kept", [person, kind, name]).catch(() => undefined);
  return found as { at: number; value: T } | undefined;
}

/** It is gone, or hidden from this person: nothing of it stays behind. */
export async function dropKept(kind: KeptKind, name: string) {
  const person = personHere();
  if (person !== null) await (await database()).delete("kept", [person, kind, name]).catch(() => {});
}

/** Nobody but `person` has anything here; without one, nobody has. Changes that wait to be sent are not touched. */
export async function dropAllKeptBut(person: number | null) {
  const transaction = (await database()).transaction("kept", "readwrite");
  for (let row = await transaction.store.openCursor(); row; row = await row.continue())
    if (row.value.person !== person) await row.delete();
  await transaction.done;
}

/** Reads from the server and keeps a copy; where there is no answer, the copy, if there is one. */
export async function readOrKept<T>(kind: KeptKind, name: string, read: () => Promise<T>): Promise<T> {
  try {
    const value = await read();
    whenIdle(() => void keep(kind, name, value));
    return value;
  } catch (error) {
    if (error instanceof ApiError && [403, 404].includes(error.status)) void dropKept(kind, name);
    const copy = isUnreachable(error) ? await kept<T>(kind, name).catch(() => undefined) : undefined;
    if (!copy) throw error;
    notAsOf(copy.at);
    return copy.value;
  }
}

/** No answer, or one from a proxy whose server is gone. */
export const isUnreachable = (error: unknown) =>
  error instanceof NetworkError || (error instanceof ApiError && [502, 503, 504].includes(error.status));
