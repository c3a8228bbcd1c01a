import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, test, vi } from "vitest";
import type { ProjectEvent, WorkspaceEvent } from "../api/events";
import type { BoardSnapshot, WorkspaceSnapshot } from "../api/types";
import { BoardStore } from "./board-store";
import { advance, cardsOf } from "./snapshot";
import { WorkspaceSource, workspace } from "./workspace";

const folder = resolve(import.meta.dirname, "../../../tests/vectors");
const isHere = existsSync(folder);
const read = (name: string) => JSON.parse(readFileSync(resolve(folder, name), "utf8"));

/** Triples that the server's tests wrote: an old snapshot, what happened, and the fresh snapshot afterwards. */
type Vector = { name: string; before: BoardSnapshot; events: ProjectEvent[]; after: BoardSnapshot };

describe.runIf(isHere)("the browser and the server tell the same story of a board", () => {
  const vectors = (isHere ? read("board.json") : []) as Vector[];
  test.each(vectors.map((vector) => [vector.name, vector] as const))("%s", (_name, vector) => {
    const advanced = advance(vector.before, vector.events);
    expect(cardsOf(advanced)).toEqual(cardsOf(vector.after));
    expect(advanced.project).toEqual(vector.after.project);
    expect(advanced.seq).toBe(vector.after.seq);
    expect(inStore(vector)).toEqual(cardsOf(vector.after));
  });
});

test.runIf(isHere)("and of what all boards share", async () => {
  type Shared = { before: WorkspaceSnapshot; events: WorkspaceEvent[]; after: WorkspaceSnapshot };
  const { before, events, after } = read("workspace.json") as Shared;
  const followed = new WorkspaceSource();
  await startFrom(followed, before);
  for (const event of events) expect(followed.apply([event])).toBe(true);
  const advanced = workspace.get();
  expect(followed.seq).toBe(after.seq);
  await startFrom(new WorkspaceSource(), after);
  expect(advanced).toEqual(workspace.get());
});

async function startFrom(source: WorkspaceSource, snapshot: WorkspaceSnapshot) {
  vi.stubGlobal("fetch", async () => Response.json(snapshot));
  await source.reload();
  vi.unstubAllGlobals();
}

function inStore({ before, events }: Vector) {
  const store = new BoardStore(
    before.project.id,
    async () => before,
    () => null,
  );
  store.load(before);
  for (const event of events) store.apply([event]);
  return new Map([...store.cards()].map((card) => [card.id, card]));
}
