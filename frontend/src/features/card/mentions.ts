import type { Person } from "../../api/types";

/** What can be mentioned: the words after the @ by which it is known, and the link that is kept. */
export type Known = { words: string[]; label: string; href: string };

const LINK = /\[@?([^\]]+)\]\((\/(?:people\/\d+|accounts\/[\w-]+|b\/[\w-]+\/[\w-]+))\)/g;

/**
 * A mention is kept as a link, [@Lin Ruoxi](/people/5) or [HY-12](/b/HY/HY-12), and typed as @Lin Ruoxi or @HY-12. What
 * would not be found again by its words, as a card of another board, stays a link.
 */
export function asTyped(markdown: string, known: Iterable<Known>): string {
  const words = new Set<string>();
  for (const one of known) for (const word of one.words) words.add(`${word} ${one.href}`);
  return markdown.replace(LINK, (whole, word: string, href: string) =>
    words.has(`${word} ${href}`) ? `@${word}` : whole,
  );
}

export const knownPerson = ({ id, name, name_zh }: Person): Known[] =>
  [name, name_zh].filter(Boolean).map((one) => ({ words: [one], label: `@${one}`, href: `/people/${id}` }));
export const knownCard = (project: string, number: number): Known => {
  const key = `${project}-${number}`;
  return { words: [key], label: key, href: `/b/${project}/${key}` };
};
export const knownAccount = (code: string): Known => ({
  words: [code],
  label: `@${code}`,
  href: `/accounts/${code}`,
});

/** Every @name of something known becomes a mention; of names that begin alike the longest counts, of the same the first. */
export function asMarkdown(typed: string, known: Iterable<Known>): string {
  if (!typed.includes("@")) return typed;
  const links = new Map<string, Known>();
  for (const one of known) for (const word of one.words) if (!links.has(word)) links.set(word, one);
  const names = [...links.keys()].sort((a, b) => b.length - a.length).map(pattern);
  if (names.length === 0) return typed;
  const mention = new RegExp(`(?<![A-Za-z0-9._%+-])@(${names.join("|")})(?![\\p{Script=Latin}])`, "gu");
  return typed.replace(mention, (whole, name: string) => {
    const { label, href } = links.get(name) ?? { label: whole, href: "" };
    return `[${label}](${href})`;
  });
}

/** A key goes on with its digits: HY-1 is not a part of HY-12. */
const pattern = (name: string) =>
  name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&") + (/\d$/.test(name) ? "(?!\\d)" : "");

/** What is being typed after an @ just before the caret; null where nobody is being mentioned. */
export function mentionAt(typed: string, caret: number): { start: number; query: string } | null {
  const before = typed.slice(0, caret);
  // Chinese is written without spaces: only Latin letters and digits before it make an @ part of an address.
  const found = /(?<![A-Za-z0-9._%+-])@([^\s@]{0,30}(?: [^\s@]{0,30})?)$/u.exec(before);
  if (!found) return null;
  const query = found[1] ?? "";
  return { start: caret - query.length - 1, query };
}
