import { expect, test } from "vitest";
import type { Person } from "../../api/types";
import { asMarkdown, asTyped, knownAccount, knownCard, knownPerson, mentionAt } from "./mentions";

const known = [
  ...(
    [
      { id: 1, name: "Li", name_zh: "" },
      { id: 2, name: "Li Cheng", name_zh: "程立" },
      { id: 3, name: "Qiu Zimo", name_zh: "邱子墨" },
    ] as Person[]
  ).flatMap(knownPerson),
  knownCard("JL", 1),
  knownCard("JL", 18),
  knownAccount("HY"),
];

test("typed names become links to people, the longest name first, and come back as typed", () => {
  const markdown = asMarkdown("@Li Cheng and @邱子墨, ask @Li.", known);
  expect(markdown).toBe("[@Li Cheng](/people/2) and [@邱子墨](/people/3), ask [@Li](/people/1).");
  expect(asTyped(markdown, known)).toBe("@Li Cheng and @邱子墨, ask @Li.");
});
test("a name that only begins like somebody's is no mention, nor is an address", () => {
  expect(asMarkdown("@Lisa, a@Li.example", known)).toBe("@Lisa, a@Li.example");
  expect(asMarkdown("请@程立看一下", known)).toBe("请[@程立](/people/2)看一下");
});
test("cards and accounts are mentioned by their keys, and a key ends where its number ends", () => {
  const markdown = asMarkdown("@JL-18, @JL-1 and @HY, not @JL-189", known);
  expect(markdown).toBe("[JL-18](/b/JL/JL-18), [JL-1](/b/JL/JL-1) and [@HY](/accounts/HY), not @JL-189");
  expect(asTyped(markdown, known)).toBe("@JL-18, @JL-1 and @HY, not @JL-189");
});
test("what would not be found again by its words stays a link while it is edited", () => {
  const elsewhere = "[HY-12](/b/HY/HY-12) and [@Somebody gone](/people/99)";
  expect(asMarkdown(asTyped(elsewhere, known), known)).toBe(elsewhere);
});
test("an @ at the caret asks for people, in Latin and in Chinese", () => {
  expect(mentionAt("hello @qi", 9)).toEqual({ start: 6, query: "qi" });
  expect(mentionAt("请@邱", 3)).toEqual({ start: 1, query: "邱" });
  expect(mentionAt("请看，@邱", 5)).toEqual({ start: 3, query: "邱" });
  expect(mentionAt("a@b", 3)).toBeNull();
});
