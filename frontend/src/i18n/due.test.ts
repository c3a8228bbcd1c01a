import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type Catalogue, makeText } from "./catalogue";
import { describeDue } from "./due";
import { en } from "./en";
import { makeFormat } from "./format";
import { zhHans } from "./zh-Hans";

const english = { text: makeText("en", en as Catalogue), format: makeFormat("en", "Asia/Shanghai") };
const chinese = {
  text: makeText("zh-Hans", zhHans as Catalogue),
  format: makeFormat("zh-Hans", "Asia/Shanghai"),
};

beforeEach(() => {
  vi.useFakeTimers();
  vi.setSystemTime("2026-11-23T17:00:00Z"); // already the 24th in Shanghai
});
afterEach(() => vi.useRealTimers());

test.each([
  ["2026-11-21", "past", "3 d late", "逾期3天"],
  ["2026-11-24", "soon", "Today", "今天"],
  ["2026-11-25", "soon", "Tomorrow", "明天"],
  ["2026-11-26", "soon", "In 2 d", "后天"],
  ["2026-12-03", "later", "3 Dec", "12月3日"],
  ["2027-01-03", "later", "3 Jan 2027", "2027年1月3日"],
])("%s is said in words", (due, tone, inEnglish, inChinese) => {
  expect(describeDue(due, english.text, english.format)).toEqual({ tone, words: inEnglish });
  expect(describeDue(due, chinese.text, chinese.format)).toEqual({ tone, words: inChinese });
});

test("what is done is no longer late", () => {
  expect(describeDue("2026-11-20", english.text, english.format, true).tone).toBe("later");
});
