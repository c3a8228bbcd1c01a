import { FIELD_WORDS, type Field, VALUE_WORDS } from "./query-words";

/** One condition: any of the values will do. Words without a field look in the title and the key. */
export type Term = { field: Field | "text"; values: string[]; isNot: boolean };

const OPENING = new Set(['"', "“", "”"]);
const CLOSING = new Set(['"', "”", "“"]);

/** "owner:me label:“Go live”,Risk 报表" in parts: cut at spaces that stand outside of quotes. */
function pieces(query: string): string[] {
  const found: string[] = [];
  let piece = "";
  let isQuoted = false;
  for (const sign of query) {
    if (isQuoted ? CLOSING.has(sign) : OPENING.has(sign)) isQuoted = !isQuoted;
    if (!isQuoted && /\s/.test(sign)) {
      if (piece) found.push(piece);
      piece = "";
    } else piece += sign;
  }
  if (piece) found.push(piece);
  return found;
}

function split(text: string, at: RegExp, most = Number.POSITIVE_INFINITY): string[] {
  const found = [""];
  let isQuoted = false;
  for (const sign of text) {
    if (isQuoted ? CLOSING.has(sign) : OPENING.has(sign)) isQuoted = !isQuoted;
    if (!isQuoted && at.test(sign) && found.length < most) found.push("");
    else found[found.length - 1] += sign;
  }
  return found;
}

const unquoted = (text: string) => text.replace(/["“”]/g, "").trim();

/** What a query says. Fields and their own words are understood in both languages, whichever is on. */
export function readQuery(query: string): Term[] {
  return pieces(query).map(readTerm);
}

function readTerm(piece: string): Term {
  const isNot = /^[-－]./.test(piece);
  const [word = "", rest] = split(isNot ? piece.slice(1) : piece, /[:：]/, 2);
  const field = rest === undefined ? undefined : FIELD_WORDS.get(word.toLowerCase());
  if (!field || rest === undefined)
    return { field: "text", values: [unquoted(isNot ? piece.slice(1) : piece)], isNot };
  const values = split(rest, /[,，]/).map(unquoted).filter(Boolean);
  return { field, values: values.map((value) => canonical(field, value)), isNot };
}

/** "本周" and "week" are the same; names stay as they were written. */
function canonical(field: Field, value: string): string {
  const known = VALUE_WORDS[field]?.get(value.toLowerCase());
  if (known) return known;
  return field === "due"
    ? value
        .replace(/天$/, "d")
        .replace(/^[≤＜]/, "<")
        .replace(/^[≥＞]/, ">")
    : value;
}

const quoted = (value: string) => (/[\s,，:：]/.test(value) ? `"${value}"` : value);

/** The query of these conditions, in the words of the address: the same for every reader. */
export function writeQuery(terms: Term[]): string {
  return terms.map(writeTerm).filter(Boolean).join(" ");
}

export function writeTerm({ field, values, isNot }: Term): string {
  const value = values.map(quoted).join(",");
  return `${isNot ? "-" : ""}${field === "text" ? value : `${field}:${value}`}`;
}

export const hasTerm = (terms: Term[], field: Field, value: string) =>
  terms.some((term) => term.field === field && !term.isNot && term.values.includes(value));

/** What a chip does: its condition comes, or goes. Functions are alternatives; other conditions narrow each other down. */
export function toggled(query: string, field: Field, value: string): string {
  const terms = readQuery(query);
  const without = terms.flatMap((term) => {
    if (term.field !== field || term.isNot || !term.values.includes(value)) return [term];
    const values = term.values.filter((other) => other !== value);
    return values.length ? [{ ...term, values }] : [];
  });
  if (hasTerm(terms, field, value)) return writeQuery(without);
  const beside = field === "is" ? undefined : terms.find((term) => term.field === field && !term.isNot);
  if (!beside) return writeQuery([...terms, { field, values: [value], isNot: false }]);
  return writeQuery(
    terms.map((term) => (term === beside ? { ...term, values: [...term.values, value] } : term)),
  );
}

/**
 * What holds for the cards behind a chip: its own condition, asked first, and those that stay beside it when it is
 * pressed. Alternatives count for themselves: of two functions that are on, each says how many cards are its own.
 */
export function besideChip(terms: Term[], field: Field, value: string): Term[] {
  const isAsking = (term: Term) => term.field === field && !term.isNot;
  const own = terms.find((term) => isAsking(term) && term.values.includes(value));
  const taken = own ?? (field === "is" ? undefined : terms.find(isAsking));
  return [{ field, values: [value], isNot: false }, ...terms.filter((term) => term !== taken)];
}
