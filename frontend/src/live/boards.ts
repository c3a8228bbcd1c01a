import { get } from "../api/client";
import { ApiError } from "../api/errors";
import type { BoardSnapshot, Project } from "../api/types";
import { BoardStore } from "./board-store";
import { onForget } from "./forget";
import { keepInStep } from "./keep-board";
import { readOrKept } from "./kept";
import { type Command, halvesOf } from "./outbox";
import { Pace } from "./pace";
import { session } from "./session";

const REMEMBERED = "accord.board.";
/** One for all boards: what happened on several of them in one step is told in one step. */
const pace = new Pace();
const opened = new Map<string, Promise<BoardStore>>();
const stores = new Map<string, BoardStore>();
let unsentOn: (stream: string) => Command[] = () => [];

/** Whose page this is; null before somebody is in. */
export const ownId = () => {
  const current = session.get();
  return current.state === "in" ? current.me.id : null;
};

async function open(key: string): Promise<BoardStore> {
  const remembered = Number(localStorage.getItem(REMEMBERED + key));
  if (remembered) {
    try {
      return await read(key, remembered);
    } catch (error) {
      if (!(error instanceof ApiError && error.status === 404)) throw error;
      localStorage.removeItem(REMEMBERED + key);
    }
  }
  return read(key, await idOf(key));
}

async function idOf(key: string): Promise<number> {
  return (await get<Project>(`/projects/by-key/${encodeURIComponent(key)}`)).id;
}

async function read(key: string, id: number): Promise<BoardStore> {
  const fetchSnapshot = () => get<BoardSnapshot>(`/projects/${id}/board`);
  const store = new BoardStore(id, fetchSnapshot, ownId, Date.now, pace.tell);
  const snapshot = await readOrKept("board", String(id), fetchSnapshot);
  localStorage.setItem(REMEMBERED + key, String(id));
  store.load(snapshot);
  for (const command of unsentOn(store.stream))
    for (const { stream, pending } of halvesOf(command)) if (stream === store.stream) store.predict(pending);
  stores.set(store.stream, store);
  keepInStep(store, snapshot);
  return store;
}

/** Boards by the key of their initiative: opened once, kept while the tab lives. */
export const boards = {
  open(key: string): Promise<BoardStore> {
    const known = opened.get(key);
    if (known) return known;
    const opening = open(key);
    opened.set(key, opening);
    opening.catch(() => opened.delete(key));
    return opening;
  },

  /** Starts on the board that an address is about, before anything is drawn. */
  prefetch(path: string) {
    const [, key] = /^\/b\/([^/]+)/.exec(path) ?? [];
    if (key) void boards.open(decodeURIComponent(key)).catch(() => {});
  },

  byStream: (stream: string) => stores.get(stream),
  byKey: (key: string) => [...stores.values()].find((store) => store.facts.get()?.project.key === key),

  /**
   * A copy of a part of a board, that stands for it while a board over several initiatives is open: what is changed on
   * it and what a card's sheet shows goes through it. Gives back how to end that.
   */
  lend(store: BoardStore): () => void {
    const whole = stores.get(store.stream);
    for (const { pending } of unsentOn(store.stream)) store.predict(pending);
    stores.set(store.stream, store);
    return () => {
      if (stores.get(store.stream) !== store) return;
      if (whole) stores.set(store.stream, whole);
      else stores.delete(store.stream);
    };
  },

  /** Who knows what is on its way for a board that is opened. */
  askForUnsent(ask: (stream: string) => Command[]) {
    unsentOn = ask;
  },

  /** Shows again what an earlier page changed and the server hasn't answered yet. */
  takeUp(commands: Command[]) {
    for (const { stream, pending } of commands.flatMap(halvesOf)) stores.get(stream)?.predict(pending);
  },
};

onForget(async () => {
  for (const key of Object.keys(localStorage)) if (key.startsWith(REMEMBERED)) localStorage.removeItem(key);
});
