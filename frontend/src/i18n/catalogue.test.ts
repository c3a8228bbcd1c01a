import { expect, test } from "vitest";
import { type Catalogue, type Message, makeText } from "./catalogue";
import { en } from "./en";
import { enMore } from "./en-more";
import { zhHans } from "./zh-Hans";
import { zhHansMore } from "./zh-hans-more";

const english: Record<string, Message> = { ...en, ...enMore };
const chinese: Record<string, Message> = { ...zhHans, ...zhHansMore };
const forms = (message: Message | undefined) =>
  typeof message === "string" ? [message] : Object.values(message ?? {});
const places = (message: Message | undefined) =>
  new Set(forms(message).flatMap((form) => [...String(form).matchAll(/\{(\w+)\}/g)].map(([, name]) => name)));

test.each(Object.keys(english))("%s says the same in both languages", (key) => {
  expect(places(chinese[key])).toEqual(places(english[key]));
});

test.each(Object.entries(chinese))("%s has full-width punctuation inside of Chinese", (_key, message) => {
  for (const form of forms(message)) expect(form).not.toMatch(/[\u4e00-\u9fff][,:;?!](?!\d)/);
});

test.each(Object.entries(chinese))("%s is written as the glossary and the style say", (_key, message) => {
  for (const form of forms(message)) {
    expect(form, "a card is 任务, and everybody is 你").not.toMatch(/卡片|您/);
    // The browser sets Chinese and Latin apart (text-autospace); a space that is typed would double that.
    expect(form.replace("@{name} ", "")).not.toMatch(/[\u4e00-\u9fff] [\w{]|[\w}] [\u4e00-\u9fff]|……/);
  }
});

test("a number chooses the form, and is written as the language writes it", () => {
  const say = makeText("en", en as Catalogue);
  expect(say("board.cards", { count: 1 })).toBe("1 card");
  expect(say("board.cards", { count: 1200 })).toBe("1,200 cards");
  expect(makeText("zh-Hans", zhHans as Catalogue)("board.cards", { count: 1 })).toBe("1项任务");
});
