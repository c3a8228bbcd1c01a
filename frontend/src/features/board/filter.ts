import type { BoardProject, Me, TaskRow, WorkStatus } from "../../api/types";
import { addDays } from "../../i18n/days";
import type { Workspace } from "../../live/workspace";
import { ageOf } from "./ageing";
import { bucketOf, endOfWeek } from "./days";
import type { Term } from "./query";
import type { Field } from "./query-words";

export type CardTest = (card: TaskRow) => boolean;
/** What a filter has to know besides the card. */
export type Surroundings = {
  me: Pick<Me, "id">;
  today: string;
  now: number;
  workspace: Workspace;
  card: (id: number) => TaskRow | undefined;
  statusOf: (card: TaskRow) => WorkStatus | undefined;
  projectOf: (card: TaskRow) => BoardProject | undefined;
  /** When a card was last changed, in milliseconds, if that was not long ago; and the day it was for the reader. */
  changedAt: (id: number) => number | undefined;
  dayOf: (instant: number) => string;
};

export const isClosed = (category: WorkStatus["category"] | undefined) =>
  category === "done" || category === "cancelled";

/** The questions that chips and filters ask of a card. */
export function testsFor(around: Surroundings) {
  const { me, today, card: find, statusOf, changedAt, dayOf, now } = around;
  const isOpen: CardTest = (card) => !isClosed(statusOf(card)?.category);
  return {
    isOpen,
    mine: (card: TaskRow) => card.owner === me.id || card.assignees.includes(me.id),
    overdue: (card: TaskRow) => card.due !== null && card.due < today && isOpen(card),
    blocked: (card: TaskRow) =>
      card.blocked_by.length > 0 && isOpen(card) && openBlockers(find, card, isOpen).length > 0,
    changed: (card: TaskRow) => {
      const at = changedAt(card.id);
      return at !== undefined && dayOf(at) === today;
    },
    ageing: (card: TaskRow) => ageOf(card.entered_at, statusOf(card)?.category, now) !== null,
    waiting: (card: TaskRow) => card.waits !== null,
  };
}
export type CardTests = ReturnType<typeof testsFor>;

/** Cards that must be finished first and aren't. Archived ones are off the board and no longer hold anything up. */
export function openBlockers(
  find: (id: number) => TaskRow | undefined,
  card: TaskRow,
  isOpen: CardTest,
): TaskRow[] {
  return card.blocked_by.map(find).filter((other) => other !== undefined && isOpen(other)) as TaskRow[];
}

/** One test of all conditions. A condition that is still being written asks for nothing. */
export function testOf(terms: Term[], tests: CardTests, around: Surroundings): CardTest | null {
  const parts = terms
    .filter(({ values }) => values.length > 0)
    .map(({ field, values, isNot }) => {
      const options = values.map((value) =>
        field === "text" ? textTest(value, around) : MAKERS[field](value, tests, around),
      );
      const any = oneOr(options, (card) => options.some((test) => test(card)));
      return isNot ? (card: TaskRow) => !any(card) : any;
    });
  if (parts.length === 0) return null;
  return oneOr(parts, (card) => parts.every((part) => part(card)));
}

/** The only one of them stands for all: chips ask each card a dozen times. */
const oneOr = ([first, ...more]: CardTest[], all: CardTest) => (first && more.length === 0 ? first : all);

function textTest(value: string, { projectOf }: Surroundings): CardTest {
  const wanted = value.toLowerCase();
  return (card) =>
    card.title.toLowerCase().includes(wanted) ||
    `${projectOf(card)?.key}-${card.number}`.toLowerCase() === wanted;
}

type Maker = (value: string, tests: CardTests, around: Surroundings) => CardTest;
const never: CardTest = () => false;

const MAKERS: Record<Field, Maker> = {
  is: (value, tests) => {
    if (value === "open") return tests.isOpen;
    if (value === "closed") return (card) => !tests.isOpen(card);
    return value in tests ? tests[value as keyof CardTests] : never;
  },
  owner: (value, _tests, around) => {
    if (value === "none") return (card) => card.owner === null;
    const wanted = peopleCalled(value, around);
    return (card) => card.owner !== null && wanted.has(card.owner);
  },
  people: (value, _tests, around) => {
    if (value === "none") return (card) => card.owner === null && card.assignees.length === 0;
    const wanted = peopleCalled(value, around);
    return (card) =>
      (card.owner !== null && wanted.has(card.owner)) || card.assignees.some((id) => wanted.has(id));
  },
  function: (value, _tests, { workspace }) => {
    if (value === "none") return (card) => card.function === null;
    const wanted = idsCalled(value, workspace.functions);
    return (card) => card.function !== null && wanted.has(card.function);
  },
  label: (value, _tests, { workspace }) => {
    if (value === "none") return (card) => card.labels.length === 0;
    const wanted = idsCalled(value, workspace.labels);
    return (card) => card.labels.some((id) => wanted.has(id));
  },
  priority: (value) => (card) => (card.priority || "none") === value,
  status: (value, _tests, { statusOf }) => {
    const fits = (status: WorkStatus) => status.category === value || isCalled(status, value.toLowerCase());
    return (card) => {
      const status = statusOf(card);
      return status !== undefined && fits(status);
    };
  },
  account: (value, _tests, { projectOf }) => {
    const wanted = value.toLowerCase();
    return (card) => {
      const project = projectOf(card);
      if (!project) return false;
      if (value === "none") return project.account === null;
      return (
        project.account_code.toLowerCase() === wanted ||
        isCalled({ name: project.account_name, name_zh: project.account_name_zh }, wanted)
      );
    };
  },
  initiative: (value, _tests, { projectOf }) => {
    const wanted = value.toLowerCase();
    return (card) => {
      const project = projectOf(card);
      return project !== undefined && (project.key.toLowerCase() === wanted || isCalled(project, wanted));
    };
  },
  due: (value, tests, { today }) => dueTest(value, tests, today),
};

function dueTest(value: string, tests: CardTests, today: string): CardTest {
  if (value === "none") return (card) => card.due === null;
  if (value === "overdue") return tests.overdue;
  if (value === "tomorrow") return dueTest(addDays(today, 1), tests, today);
  const sunday = endOfWeek(today);
  if (value === "week") {
    const monday = addDays(sunday, -6);
    return (card) => card.due !== null && card.due >= monday && card.due <= sunday;
  }
  if (value === "today" || value === "next_week")
    return (card) => bucketOf(card.due, today, sunday) === value;
  const [, sign = "", wish = ""] = /^([<>]?)=?(\d{1,4}d?|\d{4}-\d{2}-\d{2})$/.exec(value) ?? [];
  if (!wish) return never;
  const day = wish.includes("-") ? wish : addDays(today, Number.parseInt(wish, 10));
  if (sign === "<") return (card) => card.due !== null && card.due <= day;
  if (sign === ">") return (card) => card.due !== null && card.due >= day;
  return (card) => card.due === day;
}

type Called = { name: string; name_zh: string };

function isCalled({ name, name_zh }: Called, wanted: string): boolean {
  return name.toLowerCase() === wanted || name_zh.toLowerCase() === wanted;
}

/** Things by their name in either language, or by their code. */
function idsCalled(value: string, things: ReadonlyMap<number, Called & { code?: string }>): Set<number> {
  const wanted = value.toLowerCase();
  const found = new Set<number>();
  for (const [id, thing] of things) if (thing.code === wanted || isCalled(thing, wanted)) found.add(id);
  return found;
}

/** People by the beginning of a part of their name, or by the part of their address before the @. */
function peopleCalled(value: string, { workspace, me }: Surroundings): Set<number> {
  if (value === "me") return new Set([me.id]);
  const wanted = value.toLowerCase();
  const found = new Set<number>();
  for (const [id, { name, name_zh, email }] of workspace.people) {
    const words = [name, ...name.split(/\s+/), name_zh, email.split("@")[0] ?? ""];
    if (words.some((word) => word.toLowerCase().startsWith(wanted))) found.add(id);
  }
  return found;
}
