import { expect, test } from "vitest";
import type { Person, WorkStatus } from "../../api/types";
import { makeText } from "../../i18n/catalogue";
import { en } from "../../i18n/en";
import { enMore } from "../../i18n/en-more";
import type { Workspace } from "../../live/workspace";
import { completionsFor } from "./completions";

const people = [
  { id: 1, name: "Elena Marsh", name_zh: "", is_active: true },
  { id: 2, name: "Zhou Qiming", name_zh: "周启明", is_active: true },
  { id: 3, name: "Aqila Noor", name_zh: "", is_active: true },
] as Person[];
const known = {
  workspace: { people: new Map(people.map((one) => [one.id, one])) } as unknown as Workspace,
  projects: [],
  isMany: false,
  statuses: [{ name: "Doing", name_zh: "进行中" }] as WorkStatus[],
  language: "en" as const,
  text: makeText("en", { ...en, ...enMore }),
};
const complete = (before: string) => {
  const { options, ...rest } = completionsFor(before, known);
  return { ...rest, inserts: options.map(({ insert }) => insert) };
};

test("a field is offered from its first letters, and taken with Enter", () => {
  expect(complete("is:overdue own")).toEqual({ from: 11, inserts: ["owner:", "people:"], isLikely: true });
  expect(complete("-pri")).toEqual({ from: 1, inserts: ["priority:"], isLikely: true });
  expect(complete("helping").isLikely).toBe(true);
});

test("names that begin so come before names that only contain it", () => {
  expect(complete("owner:qi")).toEqual({
    from: 6,
    inserts: ['"Zhou Qiming" ', '"Aqila Noor" '],
    isLikely: true,
  });
  expect(complete("owner:启").inserts).toEqual(['"Zhou Qiming" ']);
});

test("nothing is forced on a word that is one already, is empty, or only stands inside of a name", () => {
  expect(complete("owner:me").isLikely).toBe(false);
  expect(complete("owner:").isLikely).toBe(false);
  expect(complete("").isLikely).toBe(false);
  expect(complete("owner:arsh")).toEqual({ from: 6, inserts: ['"Elena Marsh" '], isLikely: false });
});
