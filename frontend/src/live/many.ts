import { newCommandId } from "../api/command-id";
import type { ProjectBody } from "../api/events";
import type { StatusCategory, TaskRow } from "../api/types";
import type { BoardStore } from "./board-store";
import { type CardChange, giveAll, type Prediction } from "./commands";

/** Where the cards are that somebody has chosen: on one board, or on several that are watched together. */
export type Boards = { boardOf(id: number): BoardStore | undefined };

/** Only what is given becomes so for each card; of lists, only what joins and what leaves. */
export type ManyFacts = Omit<
  CardChange,
  "title" | "labels" | "assignees" | "parent" | "blocked_by" | "start" | "estimate"
> & {
  labels?: ListChange;
  assignees?: ListChange;
};
export type ManyChange = ManyFacts & { status?: number; category?: StatusCategory };
/** `leaving` is what leaves only some of the cards. */
export type ListChange = {
  add?: readonly number[];
  remove?: readonly number[];
  leaving?: readonly { id: number; tasks: readonly number[] }[];
};
/** For a category: the status that a card goes to, as its own workflow has it. */
type StatusOf = (card: TaskRow) => number | undefined;

/** The same change to each of the cards, as one command and one step: all of them or none. */
export function changeTasks(boards: Boards, ids: readonly number[], change: ManyChange, statusOf?: StatusOf) {
  const { status, category, ...facts } = change;
  give(boards, ids, { tasks: ids, change }, "PATCH", "/tasks", (store, cards) => {
    const bodies = changed(cards, facts);
    const target = (card: TaskRow) => status ?? (category && statusOf?.(card)) ?? card.status;
    const moving = Map.groupBy(
      cards.filter((card) => target(card) !== card.status),
      target,
    );
    for (const [to, some] of moving)
      bodies.push(...placed(store, some, to, { after: store.column(to).at(-1) ?? null, before: null }));
    return bodies;
  });
}

/** Puts cards next to each other, in this order, between two cards of a column; what else changes goes in the same step. */
export function moveTasks(
  boards: Boards,
  ids: readonly number[],
  place: { status: number; after: number | null; before: number | null },
  change: ManyFacts = {},
) {
  const body = { tasks: ids, ...place, ...(Object.keys(change).length > 0 && { change }) };
  give(boards, ids, body, "PUT", "/tasks/position", (store, cards) => [
    ...placed(store, cards, place.status, place),
    ...changed(cards, change),
  ]);
}

/** Takes cards off the board in one step; they can be restored. */
export function archiveTasks(boards: Boards, ids: readonly number[]) {
  give(boards, ids, { tasks: ids, change: { archived: true } }, "PATCH", "/tasks", (_store, cards) =>
    cards.map(({ id, version }) => ({ type: "task.archived", id, version })),
  );
}

function give(
  boards: Boards,
  ids: readonly number[],
  body: Record<string, unknown>,
  method: "PATCH" | "PUT",
  path: string,
  predict: (store: BoardStore, cards: TaskRow[]) => ProjectBody[],
) {
  const commandId = newCommandId();
  const predictions: Prediction[] = [];
  for (const [store, own] of Map.groupBy(ids, (id) => boards.boardOf(id))) {
    const cards = own.map((id) => store?.card(id)).filter((card) => card !== undefined);
    const [first, ...more] = store ? predict(store, cards) : [];
    if (store && first) predictions.push({ store, pending: { commandId, body: first, more } });
  }
  giveAll(predictions, { method, path, task: null, body });
}

function changed(cards: TaskRow[], { labels, assignees, ...fields }: ManyFacts): ProjectBody[] {
  return cards.flatMap((card): ProjectBody[] => {
    const lists = {
      ...(labels && { labels: listAfter(card.id, card.labels, labels) }),
      ...(assignees && { assignees: listAfter(card.id, card.assignees, assignees) }),
    };
    const facts = { ...fields, ...lists };
    if (Object.keys(facts).length === 0) return [];
    return [{ type: "task.changed", id: card.id, version: card.version, ...facts }];
  });
}

function placed(
  store: BoardStore,
  cards: TaskRow[],
  status: number,
  { after, before }: { after: number | null; before: number | null },
): ProjectBody[] {
  const ranks = store.ranksBetween(after, before, cards.length);
  const now = new Date().toISOString();
  return cards.map((card, index) => ({
    type: "task.moved",
    id: card.id,
    version: card.version,
    status,
    rank: ranks[index] ?? card.rank,
    ...(card.status === status ? {} : { entered_at: now }),
  }));
}

function listAfter(
  card: number,
  list: readonly number[],
  { add = [], remove = [], leaving = [] }: ListChange,
): number[] {
  const gone = new Set(remove);
  for (const { id, tasks } of leaving) if (tasks.includes(card)) gone.add(id);
  return [...new Set([...list, ...add])].filter((id) => !gone.has(id)).sort((a, b) => a - b);
}
