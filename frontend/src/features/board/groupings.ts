import type {
  BoardProject,
  GroupField,
  Label,
  Person,
  Priority,
  StatusCategory,
  TaskRow,
  WorkFunction,
  WorkStatus,
} from "../../api/types";
import type { Text, TextKey } from "../../i18n/catalogue";
import type { Workspace } from "../../live/workspace";
import { bucketOf, DUE_BUCKETS, type DueBucket, endOfWeek } from "./days";

/** What a column or a lane stands for. `mark` is what is drawn beside its name. */
export type Group = { key: string; name: string } & (
  | { mark: "status"; status: WorkStatus }
  | { mark: "category"; category: StatusCategory }
  | { mark: "function"; function: WorkFunction }
  | { mark: "person"; person: Person }
  | { mark: "label"; label: Label }
  | { mark: "priority"; priority: Priority }
  | { mark: "due"; bucket: DueBucket }
  | { mark: "account" | "initiative"; code: string }
  | { mark: "none" }
);

export type Grouping = {
  field: GroupField;
  keyOf: (card: TaskRow) => string;
  /** In their order. Those that are always there, and those of `present` that are there because cards are in them. */
  groups: (present: readonly string[]) => Group[];
};

export type Known = {
  workspace: Workspace;
  /** Of a board of one initiative, in order. */
  statuses: WorkStatus[];
  statusOf: (card: TaskRow) => WorkStatus | undefined;
  projectOf: (card: TaskRow) => BoardProject | undefined;
  projects: readonly BoardProject[];
  today: string;
  text: Text;
  nameOf: (thing: { name: string; name_zh: string }) => string;
  collator: Intl.Collator;
};

export const NONE = "none";
const CATEGORIES: StatusCategory[] = ["backlog", "ready", "active", "waiting", "review", "done", "cancelled"];
const PRIORITIES: Priority[] = ["urgent", "high", "medium", "low", ""];
/** Columns that stand there even when no card is in them: these are what people drop into. */
const ALWAYS = new Set<string>(["backlog", "ready", "active", "waiting", "review", "done"]);

/** How cards are put together by one of their facts. */
export function groupingBy(field: GroupField, known: Known): Grouping {
  return { field, ...MAKERS[field](known) };
}

type Made = Omit<Grouping, "field">;

const MAKERS: Record<GroupField, (known: Known) => Made> = {
  status: ({ statuses, nameOf }) => ({
    keyOf: (card) => String(card.status),
    groups: () =>
      statuses.map((status) => ({ key: String(status.id), name: nameOf(status), mark: "status", status })),
  }),
  category: ({ statusOf, text }) => ({
    keyOf: (card) => statusOf(card)?.category ?? "backlog",
    groups: (present) =>
      CATEGORIES.filter((category) => ALWAYS.has(category) || present.includes(category)).map((category) => ({
        key: category,
        name: text(`category.${category}`),
        mark: "category",
        category,
      })),
  }),
  function: ({ workspace, nameOf, text }) => ({
    keyOf: (card) => String(card.function ?? NONE),
    groups: () =>
      withNone(text("function.none"), [...workspace.functions.values()].sort(byPosition), (one) => ({
        key: String(one.id),
        name: nameOf(one),
        mark: "function",
        function: one,
      })),
  }),
  owner: ({ workspace, nameOf, text, collator }) => ({
    keyOf: (card) => String(card.owner ?? NONE),
    groups: (present) =>
      withNone(text("person.nobody"), named(present, workspace.people, nameOf, collator), (one) => ({
        key: String(one.id),
        name: nameOf(one),
        mark: "person",
        person: one,
      })),
  }),
  label: ({ workspace, nameOf, text, collator }) => {
    const order = [...workspace.labels.values()].sort((a, b) => collator.compare(nameOf(a), nameOf(b)));
    const place = new Map(order.map(({ id }, index) => [id, index]));
    const weight = (id: number) => place.get(id) ?? Number.MAX_SAFE_INTEGER;
    return {
      // A card with several stands under the first of them, so that it is on the board once.
      keyOf: ({ labels: [first, ...rest] }) =>
        String(first === undefined ? NONE : rest.reduce((a, b) => (weight(b) < weight(a) ? b : a), first)),
      groups: (present) =>
        withNone(
          text("group.no_label"),
          order.filter(({ id }) => present.includes(String(id))),
          (one) => ({ key: String(one.id), name: nameOf(one), mark: "label", label: one }),
        ),
    };
  },
  priority: ({ text }) => ({
    keyOf: (card) => card.priority || NONE,
    groups: () =>
      PRIORITIES.map((priority) => ({
        key: priority || NONE,
        name: text(`priority.${priority || "none"}` as TextKey),
        mark: "priority",
        priority,
      })),
  }),
  due: ({ today, text }) => {
    const sunday = endOfWeek(today);
    return {
      keyOf: (card) => bucketOf(card.due, today, sunday),
      groups: () =>
        DUE_BUCKETS.map((bucket) => ({ key: bucket, name: text(`bucket.${bucket}`), mark: "due", bucket })),
    };
  },
  account: ({ projectOf, projects, nameOf, text, collator }) => {
    const accounts = new Map(
      projects.map((one) => [
        String(one.account ?? NONE),
        { ...one, name: one.account_name, name_zh: one.account_name_zh },
      ]),
    );
    return {
      keyOf: (card) => String(projectOf(card)?.account ?? NONE),
      groups: (present) => {
        const found = [...accounts.values()].filter(({ account }) => present.includes(String(account)));
        const groups = found
          .sort((a, b) => collator.compare(nameOf(a), nameOf(b)))
          .map<Group>((one) => ({
            key: String(one.account),
            name: nameOf(one),
            mark: "account",
            code: one.account_code,
          }));
        const none: Group = { key: NONE, name: text("group.no_account"), mark: "none" };
        return present.includes(NONE) ? [...groups, none] : groups;
      },
    };
  },
  initiative: ({ projectOf, projects, nameOf, collator }) => ({
    keyOf: (card) => String(projectOf(card)?.id ?? NONE),
    groups: (present) =>
      [...projects]
        .filter(({ id }) => present.includes(String(id)))
        .sort((a, b) => collator.compare(nameOf(a), nameOf(b)))
        .map((one) => ({ key: String(one.id), name: nameOf(one), mark: "initiative", code: one.key })),
  }),
};

const byPosition = (a: WorkFunction, b: WorkFunction) => a.position - b.position || a.id - b.id;

/** The groups of these things, and at the end the one of cards that have none. */
function withNone<T>(name: string, things: T[], show: (thing: T) => Group): Group[] {
  return [...things.map(show), { key: NONE, name, mark: "none" }];
}

function named<T extends { id: number; name: string; name_zh: string }>(
  present: readonly string[],
  things: ReadonlyMap<number, T>,
  nameOf: Known["nameOf"],
  collator: Intl.Collator,
): T[] {
  return present
    .map((key) => things.get(Number(key)))
    .filter((one) => one !== undefined)
    .sort((a, b) => collator.compare(nameOf(a), nameOf(b)));
}
