import type { Language } from "../api/types";

type Names = { name: string; name_zh: string };

/** The Chinese name for those who read Chinese, where there is one. */
export function nameIn(language: Language, thing: Names): string {
  return (language === "zh-Hans" && thing.name_zh) || thing.name || thing.name_zh;
}

/** What a small face shows: two letters in English, the last character of a Chinese name. */
export function initialsIn(language: Language, thing: Names): string {
  const name = nameIn(language, thing).trim();
  if (/\p{Script=Han}/u.test(name)) return [...name].at(-1) ?? "";
  const words = name.split(/[\s-]+/).filter(Boolean);
  const letters = words.length > 1 ? `${words[0]?.[0] ?? ""}${words.at(-1)?.[0] ?? ""}` : name.slice(0, 2);
  return letters.toUpperCase();
}
