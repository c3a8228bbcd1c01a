import { expect, test } from "vitest";
import type { Label, Transition, WorkStatus } from "../../api/types";
import { aCard, aSnapshot, DOING, DONE, READY } from "../../live/board-samples";
import { bucketOf, dayIn } from "./days";
import { changeForAll, type DropRules, dropOn } from "./drops";
import type { Group, Grouping } from "./groupings";

const way = (source: number, target: number): Transition => ({ source, target, functions: [], role: "" });
const { statuses } = aSnapshot([]);
const FIXING: WorkStatus = { ...(statuses[1] as WorkStatus), id: 12, name: "Fixing" };
const rules: DropRules = {
  statuses: [...statuses, FIXING],
  transitions: [way(READY, DOING), way(DOING, DONE)],
  countOf: () => 0,
  mover: { function: null, isAdministrator: false, can: ["see", "comment", "work"] },
  today: "2026-11-24",
};
const grouping = (field: Grouping["field"], key: string): Grouping => ({
  field,
  keyOf: () => key,
  groups: () => [],
});
const category = (name: "active" | "done" | "waiting"): Group => ({
  key: name,
  name,
  mark: "category",
  category: name,
});
const card = aCard(1, READY, "a0", { labels: [3, 5], start: "2026-11-26" });

test("into a category: the status of it that the workflow lets the card go to", () => {
  const by = grouping("category", "ready");
  expect(dropOn(by, category("active"), card, rules)).toMatchObject({ does: "move", status: { id: DOING } });
  const both = { ...rules, transitions: [way(READY, DOING), way(READY, FIXING.id)] };
  expect(dropOn(by, category("active"), card, both)).toMatchObject({
    does: "choose",
    statuses: [{ id: DOING }, { id: FIXING.id }],
  });
  expect(dropOn(by, category("done"), card, rules)).toMatchObject({
    does: "refuse",
    refusal: { why: "no_way" },
  });
  expect(dropOn(by, category("waiting"), card, rules)).toMatchObject({
    does: "refuse",
    refusal: { why: "no_status" },
  });
});

test("another label takes the place of the column's, and the column without one takes them all", () => {
  const by = grouping("label", "3");
  const label: Group = { key: "9", name: "Risk", mark: "label", label: { id: 9 } as Label };
  expect(dropOn(by, label, card, rules)).toEqual({ does: "change", change: { labels: [5, 9] } });
  expect(dropOn(by, { key: "none", name: "", mark: "none" }, card, rules)).toEqual({
    does: "change",
    change: { labels: [] },
  });
});

test("of several cards each loses the label that it comes from, and only that one", () => {
  const by: Grouping = { ...grouping("label", ""), keyOf: ({ labels: [first] }) => String(first ?? "none") };
  const into: Group = { key: "9", name: "Risk", mark: "label", label: { id: 9 } as Label };
  const cards = [[3, 5], [5, 7], [3], [9, 3], []].map((labels, index) =>
    aCard(index + 1, READY, "a0", { labels }),
  );
  expect(changeForAll(cards, by, into, rules.today)).toEqual({
    labels: {
      add: [9],
      leaving: [
        { id: 3, tasks: [1, 3] },
        { id: 5, tasks: [2] },
      ],
    },
  });
  const none: Group = { key: "none", name: "", mark: "none" };
  expect(changeForAll(cards, by, none, rules.today)).toEqual({ labels: { remove: [3, 5, 7, 9] } });
});

test("into a day: never the past, never before the card begins", () => {
  const by = grouping("due", "none");
  const due = (bucket: "overdue" | "today" | "next_week"): Group => ({
    key: bucket,
    name: "",
    mark: "due",
    bucket,
  });
  expect(dropOn(by, due("overdue"), card, rules)).toMatchObject({ refusal: { why: "past" } });
  expect(dropOn(by, due("today"), card, rules)).toMatchObject({ refusal: { why: "before_start" } });
  expect(dropOn(by, due("next_week"), card, rules)).toEqual({
    does: "change",
    change: { due: "2026-12-04" },
  });
});

test("a card stays with its account, and with whom may only read nothing changes", () => {
  const account: Group = { key: "4", name: "", mark: "account", code: "HY" };
  expect(dropOn(grouping("account", "3"), account, card, rules)).toMatchObject({ refusal: { why: "stays" } });
  const reader = { ...rules, mover: { ...rules.mover, can: ["see" as const] } };
  expect(dropOn(grouping("owner", "3"), { key: "none", name: "", mark: "none" }, card, reader)).toMatchObject(
    {
      refusal: { why: "read_only" },
    },
  );
});

test.each(["2026-11-23", "2026-11-24", "2026-11-27", "2026-11-28", "2026-11-29"])(
  "on %s every bucket gets a day that is in it",
  (today) => {
    for (const bucket of ["today", "next_week", "later", "none"] as const)
      expect(bucketOf(dayIn(bucket, today), today)).toBe(bucket);
    expect(bucketOf(dayIn("week", today), today)).toBe(today === "2026-11-29" ? "today" : "week");
  },
);
