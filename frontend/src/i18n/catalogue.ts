import type { Language } from "../api/types";
import type { en } from "./en";
import type { enMore } from "./en-more";

/** A sentence with `{places}`, or its forms by number. Chinese needs only `other`. */
export type Message = string | { one?: string; other: string };
export type FirstKey = keyof typeof en;
export type MoreKey = keyof typeof enMore;
export type TextKey = FirstKey | MoreKey;
export type Catalogue = Record<FirstKey, Message> & Partial<Record<MoreKey, Message>>;
export type Values = Record<string, string | number>;
export type Text = (key: TextKey, values?: Values) => string;

/** Each language travels only to those who read it. */
export const loadCatalogue: Record<Language, () => Promise<Catalogue>> = {
  en: () => import("./en").then(({ en }) => en),
  "zh-Hans": () => import("./zh-Hans").then(({ zhHans }) => zhHans),
};

/** The board doesn't wait for the words of the other pages. */
export const loadMore: Record<Language, () => Promise<Record<MoreKey, Message>>> = {
  en: () => import("./en-more").then(({ enMore }) => enMore),
  "zh-Hans": () => import("./zh-hans-more").then(({ zhHansMore }) => zhHansMore),
};

/**
 * `text("board.cards", {count: 3})`: the value named `count` chooses the form. Numbers are written as the language
 * writes them.
 */
export function makeText(language: Language, catalogue: Catalogue): Text {
  const rules = new Intl.PluralRules(language);
  const numbers = new Intl.NumberFormat(language);
  const written = (value: string | number | undefined) =>
    typeof value === "number" ? numbers.format(value) : (value ?? "");
  return (key, values = {}) =>
    chooseForm(catalogue[key] ?? key, rules, values).replace(/\{(\w+)\}/g, (_, name: string) =>
      written(values[name]),
    );
}

function chooseForm(message: Message, rules: Intl.PluralRules, values: Values): string {
  if (typeof message === "string") return message;
  const form = rules.select(Number(values.count ?? 0));
  return (form === "one" && message.one) || message.other;
}

/** Each language under its own name, so that everybody finds theirs. */
export const languageNames: { language: Language; name: string }[] = [
  { language: "en", name: "English" },
  { language: "zh-Hans", name: "简体中文" },
];
