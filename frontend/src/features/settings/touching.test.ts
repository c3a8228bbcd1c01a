import { expect, test } from "vitest";
import type { WorkStatus } from "../../api/types";
import { isNarrower, touchedPath, touchingOf } from "./touching";

const status: WorkStatus = {
  id: 3,
  name: "Doing",
  name_zh: "",
  category: "active",
  color: "blue",
  position: 1,
  limit: 5,
  limit_is_hard: false,
};
const draft = { category: status.category, limit: "5", limit_is_hard: false };
const asked = (change: Partial<typeof draft>, of: WorkStatus | null = status) =>
  touchingOf(of, { ...draft, ...change }).map(touchedPath);

test("another category and a lower limit touch cards; a name, a colour and a higher limit don't", () => {
  expect(asked({})).toEqual([]);
  expect(asked({ limit: "9" })).toEqual([]);
  expect(asked({ limit: "" })).toEqual([]);
  expect(asked({ category: "done", limit: "4" })).toEqual([
    "/statuses/3/touched?by=category",
    "/statuses/3/touched?by=limit&limit=4",
  ]);
});

test("a first limit touches cards, and so does one that begins to refuse", () => {
  expect(asked({ limit: "7" }, { ...status, limit: null })).toEqual(["/statuses/3/touched?by=limit&limit=7"]);
  expect(asked({ limit_is_hard: true })).toEqual(["/statuses/3/touched?by=limit&limit=5"]);
});

test("what is no limit is not asked about, nor is a new status", () => {
  for (const limit of ["0", "-1", "x", "1.5", "99999"]) expect(asked({ limit })).toEqual([]);
  expect(asked({ category: "done", limit: "1" }, null)).toEqual([]);
});

const open = { functions: [], role: "" } as const;
const way = (functions: number[], role: "" | "member" | "manager" = "") => ({ functions, role });

test.each([
  ["closed", { ...open, functions: [] }, undefined, true],
  ["opened", undefined, way([]), false],
  ["for some only", way([]), way([1]), true],
  ["for everybody", way([1]), way([]), false],
  ["for fewer functions", way([1, 2]), way([1]), true],
  ["for more functions", way([1]), way([1, 2]), false],
  ["without managers", way([1], "manager"), way([1]), true],
  ["with managers", way([1]), way([1], "manager"), false],
  ["for managers instead of members", way([], "member"), way([], "manager"), true],
  ["for all members", way([1], "manager"), way([], "member"), false],
])("a way that is %s", (_what, before, after, narrower) => {
  expect(isNarrower(before, after)).toBe(narrower);
});
