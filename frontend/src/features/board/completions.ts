import type { BoardProject, Language, WorkStatus } from "../../api/types";
import type { Text, TextKey } from "../../i18n/catalogue";
import { nameIn } from "../../i18n/names";
import type { Workspace } from "../../live/workspace";
import { FIELD_WORDS, FIELDS, type Field, VALUE_WORDS } from "./query-words";

export type Completion = { insert: string; word: string; hint: string };
type Known = {
  workspace: Workspace;
  projects: readonly BoardProject[];
  isMany: boolean;
  statuses: WorkStatus[];
  language: Language;
  text: Text;
};

const MOST = 9;
const MANY_ONLY = new Set<Field>(["account", "initiative"]);

type Completions = {
  /** Where the word that is being written, or its last value, begins. */
  from: number;
  options: Completion[];
  /** The first option begins with what is written, and that means nothing yet as it stands. */
  isLikely: boolean;
};

/** What the last word of `before` could become: first what begins so. */
export function completionsFor(before: string, known: Known): Completions {
  const [piece = ""] = /(?:[^\s"“”]|["“][^"”]*["”]?)*$/.exec(before) ?? [];
  const [, word = "", written] = /^-?([^:：]*)[:：](.*)$/.exec(piece) ?? [];
  const field = FIELD_WORDS.get(word.toLowerCase());
  if (!field || written === undefined) return fieldCompletions(before, piece, known);
  const value = written.split(/[,，]/).at(-1) ?? "";
  const wanted = value.replace(/["“”]/g, "").toLowerCase();
  const values = valuesOf(field, known);
  const fitting = values
    .filter(({ words }) => words.some((one) => one.toLowerCase().includes(wanted)))
    .filter(({ insert }) => insert !== wanted);
  const likely = fitting.filter(({ words }) => begins(words, wanted));
  const isKnown = values.some(({ words }) => words.some((one) => one.toLowerCase() === wanted));
  const options = [...new Set([...likely, ...fitting])].slice(0, MOST).map(({ insert, word: name }) => {
    const quoted = /[\s,，:：]/.test(insert) ? `"${insert}"` : insert;
    return { insert: `${quoted} `, word: name, hint: `${field}:${quoted}` };
  });
  return { from: before.length - value.length, options, isLikely: likely.length > 0 && !isKnown };
}

/** Whether one of the words, or a part of one, begins like this. */
const begins = (words: string[], wanted: string) =>
  wanted !== "" &&
  words.some((one) =>
    `${one} ${one.replaceAll("-", " ")}`
      .toLowerCase()
      .split(/\s+/)
      .some((part) => part.startsWith(wanted)),
  );

function fieldCompletions(before: string, piece: string, { isMany, text }: Known): Completions {
  const start = piece.startsWith("-") ? 1 : 0;
  const wanted = piece.slice(start).toLowerCase();
  const options = FIELDS.filter((field) => isMany || !MANY_ONLY.has(field))
    .map((field) => ({
      insert: `${field}:`,
      word: text(`filter.field_${field}` as TextKey),
      hint: `${field}:`,
    }))
    .filter(({ insert, word }) => insert.startsWith(wanted) || word.toLowerCase().includes(wanted));
  const [first] = options;
  const isLikely = first !== undefined && begins([first.insert, first.word], wanted);
  return { from: before.length - piece.length + start, options, isLikely };
}

type Value = { insert: string; word: string; words: string[] };
type Called = { name: string; name_zh: string };

function valuesOf(field: Field, { workspace, projects, statuses, isMany, language, text }: Known): Value[] {
  const own = [...new Set(VALUE_WORDS[field]?.values() ?? [])].map((insert) => {
    const word = text(`filter.${field === "people" ? "owner" : field}_${insert}` as TextKey);
    return { insert, word, words: [insert, word] };
  });
  const named = (things: Iterable<Called>, insertOf = (thing: Called) => thing.name): Value[] =>
    [...things].map((thing) => ({
      insert: insertOf(thing),
      word: nameIn(language, thing),
      words: [thing.name, thing.name_zh],
    }));
  const accounts = new Map(
    projects
      .filter(({ account }) => account !== null)
      .map((one) => [
        one.account,
        { name: one.account_name, name_zh: one.account_name_zh, code: one.account_code },
      ]),
  );
  switch (field) {
    case "owner":
    case "people":
      return [...own, ...named([...workspace.people.values()].filter(({ is_active }) => is_active))];
    case "function":
      return [
        ...named(workspace.functions.values(), (one) => (one as { code?: string }).code ?? one.name),
        ...own,
      ];
    case "label":
      return [...named(workspace.labels.values()), ...own];
    case "status":
      return isMany ? own : [...named(statuses), ...own];
    case "account":
      return [...named(accounts.values(), (one) => (one as { code?: string }).code ?? one.name), ...own];
    case "initiative":
      return named(projects, (one) => (one as { key?: string }).key ?? one.name);
    case "due":
      return [...own, ...dueValues(text)];
    default:
      return own;
  }
}

const dueValues = (text: Text): Value[] =>
  [7, 14, 30].map((days) => ({
    insert: `<${days}d`,
    word: text("filter.due_within", { count: days }),
    words: [`<${days}d`, text("filter.due_within", { count: days })],
  }));
