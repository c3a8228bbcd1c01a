import { existsSync, readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import type { ProjectEvent } from "../api/events";
import type { BoardSnapshot } from "../api/types";
import { BoardStore } from "./board-store";
import { advance, cardsOf } from "./snapshot";

/** Triples that the server's tests wrote: an old snapshot, what happened, and the fresh snapshot afterwards. */
type Vector = { name?: string; before: BoardSnapshot; events: ProjectEvent[]; after: BoardSnapshot };
const folder = resolve(import.meta.dirname, "../../../tests/vectors");
const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(".json")) : [];

describe.runIf(files.length > 0)("the browser and the server tell the same story", () => {
  for (const file of files) {
    const content: unknown = JSON.parse(readFileSync(resolve(folder, file), "utf8"));
    const vectors = (Array.isArray(content) ? content : [content]) as Vector[];
    test.each(vectors.map((vector, index) => [vector.name ?? `${file} ${index}`, vector] as const))(
      "%s",
      (_name, vector) => {
        const advanced = advance(vector.before, vector.events);
        expect(cardsOf(advanced)).toEqual(cardsOf(vector.after));
        expect(advanced.project).toEqual(vector.after.project);
        expect(advanced.seq).toBe(vector.after.seq);
        expect(inStore(vector)).toEqual(cardsOf(vector.after));
      },
    );
  }
});

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
