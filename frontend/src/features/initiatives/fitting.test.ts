import { expect, test } from "vitest";
import type { ProjectRow } from "../../api/types";
import { fitting } from "./fitting";

const row = (key: string, more: Partial<ProjectRow> = {}) =>
  ({
    key,
    name: `Name of ${key}`,
    name_zh: "",
    account: 1,
    account_code: "JL",
    account_name: "Jinlan Bank",
    account_name_zh: "锦澜银行",
    lead: 5,
    state: "active",
    due: null,
    ...more,
  }) as ProjectRow;
const rows = [
  row("A", { name: "Apollo", due: "2026-12-01" }),
  row("B", { due: "2026-11-25", lead: 7 }),
  row("C", { state: "done", due: "2026-01-01" }),
  row("D", { account: null, account_code: "", account_name: "", account_name_zh: "" }),
];
const keys = (search: Parameters<typeof fitting>[1]) => fitting(rows, search, 7).map(({ key }) => key);

test("what is due first stands on top, what is finished last", () => {
  expect(keys({})).toEqual(["B", "A", "D", "C"]);
});
test("filters narrow by state, account, lead, oneself and words in either language", () => {
  expect(keys({ state: "open" })).toEqual(["B", "A", "D"]);
  expect(keys({ state: "done" })).toEqual(["C"]);
  expect(keys({ account: 0 })).toEqual(["D"]);
  expect(keys({ lead: 5 })).toEqual(["A", "D", "C"]);
  expect(keys({ mine: true })).toEqual(["B"]);
  expect(keys({ q: "锦澜 apollo" })).toEqual(["A"]);
});
