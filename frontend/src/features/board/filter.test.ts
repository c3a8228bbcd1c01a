import { expect, test } from "vitest";
import type { BoardProject, Person, TaskRow, WorkFunction } from "../../api/types";
import { aCard, aSnapshot, DOING, DONE, READY } from "../../live/board-samples";
import type { Workspace } from "../../live/workspace";
import { testOf, testsFor } from "./filter";
import { readQuery } from "./query";

const ME = 1;
const people = [
  { id: ME, name: "Zhou Qiming", name_zh: "周启明", email: "qiming.zhou@example.org" },
  { id: 2, name: "Jiang Wan", name_zh: "江晚", email: "wan@example.org" },
] as Person[];
const workspace = {
  people: new Map(people.map((one) => [one.id, one])),
  functions: new Map([[4, { id: 4, code: "support", name: "Support", name_zh: "支持" } as WorkFunction]]),
  labels: new Map([[9, { id: 9, name: "Go live", name_zh: "上线", color: "red", version: 1 }]]),
} as unknown as Workspace;
const { statuses, project } = aSnapshot([]);
const cards = [
  aCard(1, READY, "a0", { owner: ME, due: "2026-11-20", function: 4, title: "Export 报表" }),
  aCard(2, DOING, "a0", { assignees: [ME], blocked_by: [1], priority: "high" }),
  aCard(3, DOING, "a1", { blocked_by: [4], due: "2026-11-24", labels: [9] }),
  aCard(4, DONE, "a0", { owner: 2, due: "2026-11-20", function: 4, entered_at: "2026-11-01T08:00:00Z" }),
  aCard(5, DOING, "a2", { due: "2026-12-01", entered_at: "2026-11-10T08:00:00Z" }),
];
const account = {
  ...project,
  account: 3,
  account_code: "JL",
  account_name: "Jinlan Bank",
  account_name_zh: "金澜银行",
};
const around = {
  me: { id: ME },
  today: "2026-11-24",
  now: Date.parse("2026-11-24T09:00:00Z"),
  workspace,
  card: (id: number) => cards.find((one) => one.id === id),
  statusOf: (card: TaskRow) => statuses.find(({ id }) => id === card.status),
  projectOf: (): BoardProject => account,
  changedAt: (id: number) => (id === 3 ? Date.parse("2026-11-24T01:00:00Z") : undefined),
  dayOf: (instant: number) => new Date(instant).toISOString().slice(0, 10),
};
const tests = testsFor(around);
function seenBy(query: string) {
  const test = testOf(readQuery(query), tests, around);
  return cards.filter((card) => !test || test(card)).map(({ id }) => id);
}

test.each([
  ["", [1, 2, 3, 4, 5]],
  ["is:mine", [1, 2]],
  ["is:overdue", [1]],
  ["is:blocked", [2]],
  ["is:changed", [3]],
  ["is:closed", [4]],
  ["is:ageing", [5]],
  ["owner:me", [1]],
  ["owner:Jiang", [4]],
  ["owner:江晚", [4]],
  ["owner:none", [2, 3, 5]],
  ["people:qiming.zhou", [1, 2]],
  ["function:support", [1, 4]],
  ["职能：支持", [1, 4]],
  ["function:none", [2, 3, 5]],
  ["label:上线", [3]],
  ["-label:none", [3]],
  ["priority:high,none", [1, 2, 3, 4, 5]],
  ["status:Doing", [2, 3, 5]],
  ["status:active -is:blocked", [3, 5]],
  ["due:today", [3]],
  ["due:<7d", [1, 3, 4, 5]],
  ["due:>2026-11-25", [5]],
  ["due:2026-12-01", [5]],
  ["due:week", [3]],
  ["due:next_week", [5]],
  ["due:none", [2]],
  ["account:金澜银行", [1, 2, 3, 4, 5]],
  ["initiative:JL", [1, 2, 3, 4, 5]],
  ["account:none", []],
  ["报表", [1]],
  ["JL-4", [4]],
  ["EXPORT owner:me", [1]],
  ["owner:nobody-of-this-name", []],
  ["due:nonsense", []],
  ["due:", [1, 2, 3, 4, 5]],
])("%s", (query, ids) => {
  expect(seenBy(query)).toEqual(ids);
});
