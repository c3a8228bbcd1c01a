import { expect, test } from "vitest";
import { MOST_PASTED, titlesIn } from "./pasted";

test.each([
  ["one line", "Call the CIO", ["Call the CIO"]],
  ["several, with empty ones between", "One\r\n\r\n  Two  \nThree\n", ["One", "Two", "Three"]],
  ["a list with dashes and dots", "- One\n* Two\n• Three", ["One", "Two", "Three"]],
  ["numbers, also Chinese ones", "1. One\n2) Two\n3、三\n（4）四", ["One", "Two", "三", "四"]],
  ["boxes to tick", "- [ ] One\n- [x] Two\n☐ Three", ["One", "Two", "Three"]],
  ["columns of a table", "Call\tthe  CIO\nWrite", ["Call the CIO", "Write"]],
  ["numbers that belong to the words", "2026 plan\n3 days on site", ["2026 plan", "3 days on site"]],
  ["nothing but marks", "-\n* \n", []],
])("%s", (_name, text, titles) => {
  expect(titlesIn(text)).toEqual(titles);
});

test("no title and no list is longer than the server takes", () => {
  expect(titlesIn("x".repeat(400))[0]).toHaveLength(300);
  expect(titlesIn("x\n".repeat(600))).toHaveLength(MOST_PASTED);
});
