import type { BoardSnapshot } from "../api/types";
import type { BoardStore } from "./board-store";
import { asOf, dropKept, keep } from "./kept";
import { rowsOf } from "./snapshot";
import { whenIdle } from "./when-idle";

/** A board that changes all the time is copied no more often than this. */
const EVERY_MS = 20_000;

/** Keeps the copy of an open board as new as the board: now and then, and when the page is left. */
export function keepInStep(store: BoardStore, { seq, workspace_seq, tasks: { columns } }: BoardSnapshot) {
  let at = seq;
  let planned: ReturnType<typeof setTimeout> | undefined;
  const name = String(store.projectId);

  const copy = () => {
    clearTimeout(planned);
    planned = undefined;
    const facts = store.facts.get();
    // Without contact the copy only gets older; what this browser has changed is kept by the outbox.
    if (!facts || asOf.get() !== null || store.phase.get() !== "ready") return;
    at = store.seq;
    const tasks = { columns, rows: rowsOf(store.confirmedCards(), columns) };
    const { epoch, seq } = store;
    const snapshot: BoardSnapshot = { ...facts, epoch, seq, workspace_seq, tasks, recent: store.recent() };
    void keep("board", name, snapshot);
  };
  store.revision.subscribe(() => {
    if (store.seq !== at) planned ??= setTimeout(() => whenIdle(copy), EVERY_MS);
  });
  store.phase.subscribe(() => {
    if (store.phase.get() === "gone") void dropKept("board", name);
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") copy();
  });
}
