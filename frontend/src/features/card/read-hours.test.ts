import { expect, test } from "vitest";
import { readHours } from "./read-hours";

test.each([
  ["24", "24"],
  ["1.5 h", "1.5"],
  ["1,5", "1.5"],
  ["1,200", "1200"],
  ["8小时", "8"],
  ["", null],
  ["soon", undefined],
  ["-3", undefined],
])("%s is read as %s", (typed, hours) => {
  expect(readHours(typed)).toBe(hours);
});
