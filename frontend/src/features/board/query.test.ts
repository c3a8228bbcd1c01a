import { expect, test } from "vitest";
import { readQuery, toggled, writeQuery } from "./query";

test("conditions, their values and words are told apart, quoted or not", () => {
  expect(readQuery('owner:me label:"Go live",Risk  -status:done report')).toEqual([
    { field: "owner", values: ["me"], isNot: false },
    { field: "label", values: ["Go live", "Risk"], isNot: false },
    { field: "status", values: ["done"], isNot: true },
    { field: "text", values: ["report"], isNot: false },
  ]);
});

test("both languages say the same, with full-width signs too", () => {
  expect(readQuery("负责人：我 截止：本周，<7天 标签：“重点 项目” 是：逾期 -状态:完成")).toEqual(
    readQuery('owner:me due:week,<7d label:"重点 项目" is:overdue -status:done'),
  );
});

test("what is written is read the same again", () => {
  for (const query of [
    'owner:me,"Jiang Wan" -label:none due:<7d go',
    "is:mine is:overdue",
    '"two words" word',
  ])
    expect(writeQuery(readQuery(query))).toBe(query);
});

test("an unknown field is a word like any other, and an unfinished condition keeps its place", () => {
  expect(readQuery("http://example")).toEqual([{ field: "text", values: ["http://example"], isNot: false }]);
  expect(readQuery("due:")).toEqual([{ field: "due", values: [], isNot: false }]);
});

test("a chip is a face of the same filter: it adds its condition, and takes it away wherever it was written", () => {
  expect(toggled("", "is", "mine")).toBe("is:mine");
  expect(toggled("is:mine", "is", "overdue")).toBe("is:mine is:overdue");
  expect(toggled("report is:mine", "is", "mine")).toBe("report");
  expect(toggled("function:support", "function", "sales")).toBe("function:support,sales");
  expect(toggled("职能：support,sales", "function", "support")).toBe("function:sales");
});
