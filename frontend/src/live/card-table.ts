import type { ProjectBody } from "../api/events";
import type { TaskRow } from "../api/types";
import { OrderedColumns, type Shift } from "./ordered-columns";
import { rankBetween, ranksBetween } from "./ranks";
import { reduceTask, tasksIn } from "./reduce-task";

/** An own command that the story doesn't contain yet. `body` is what will probably have happened. */
export type Pending = {
  commandId: string;
  body: ProjectBody;
  /** What else the same command does on this board, in the same step. */
  more?: readonly ProjectBody[];
  /** For a move: the cards it was put between, from which its rank is guessed anew when the column is re-ranked. */
  between?: { after: number | null; before: number | null };
  /** The position of the server's answer; the prediction stays until the story has got there. */
  answeredAt?: number;
};

/** All that a command will probably have done on its board. */
export const bodiesOf = ({ body, more = [] }: Pending): readonly ProjectBody[] =>
  more.length ? [body, ...more] : [body];

/** The cards that a command touches on its board. */
export const cardsIn = (pending: Pending): readonly number[] => bodiesOf(pending).flatMap(tasksIn);

/** The ids that a command's new cards have in this browser until the server has given them theirs. */
export const newCardsIn = (pending: Pending): readonly number[] =>
  bodiesOf(pending).flatMap((body) => (body.type === "task.created" ? [body.id] : []));

/** The same prediction about a card that has got its real id. */
export function withRealId(pending: Pending, from: number, to: number): Pending {
  const rename = (body: ProjectBody) =>
    concerns(body, from) && "id" in body ? ({ ...body, id: to } as ProjectBody) : body;
  return { ...pending, body: rename(pending.body), ...(pending.more && { more: pending.more.map(rename) }) };
}

/** From an id of this browser's own to the server's. */
export type Renamed = (readonly [from: number, to: number])[];

/** What a step changed: cards that look different, and columns with another order. */
export type Difference = { cards: Set<number>; columns: Set<number> };

/**
 * Confirmed cards, pending commands, and what is shown: `shown = pending.reduce(apply, confirmed)`, worked out only
 * for the cards that a step touched.
 */
export class CardTable {
  private confirmed = new Map<number, TaskRow>();
  private shown = new Map<number, TaskRow>();
  private readonly pending = new Map<string, Pending>();
  private readonly columns = new OrderedColumns();

  card = (id: number) => this.shown.get(id);
  column = (status: number) => this.columns.in(status);
  cards = () => this.shown.values();
  /** Without what is predicted. */
  confirmedCards = () => this.confirmed.values();
  get size() {
    return this.shown.size;
  }
  get pendingCount() {
    return this.pending.size;
  }
  pendingOf = (commandId: string) => this.pending.get(commandId);
  /** What is predicted about one card, in the order in which it was done. */
  pendingOn = (id: number): ProjectBody[] =>
    [...this.pending.values()].flatMap(bodiesOf).filter((body) => concerns(body, id));

  /** Takes a fresh snapshot; own pending commands are worked out again on top of it. */
  load(cards: Map<number, TaskRow>) {
    this.confirmed = cards;
    this.shown = new Map(cards);
    const predicted = new Set<number>();
    for (const pending of this.pending.values()) for (const id of cardsIn(pending)) predicted.add(id);
    for (const id of predicted) {
      const card = this.work(id);
      if (card) this.shown.set(id, card);
      else this.shown.delete(id);
    }
    this.columns.fill(this.shown.values());
  }

  /** The events of one transaction, in one step. `renamed`: cards that got their real ids by it. */
  confirm(bodies: ProjectBody[], commandIds: Iterable<string | null>, renamed: Renamed = []): Difference {
    const touched = new Set<number>();
    for (const commandId of commandIds) if (commandId) this.forget(commandId, touched);
    this.rename(renamed, touched);
    for (const body of bodies)
      for (const id of tasksIn(body)) {
        touched.add(id);
        const card = reduceTask(this.confirmed.get(id), id, body);
        if (card) this.confirmed.set(id, card);
        else this.confirmed.delete(id);
      }
    for (const body of bodies) if (body.type === "column.reranked") this.guessAgain(body.status, touched);
    return this.show(touched);
  }

  predict(pending: Pending): Difference {
    this.pending.set(pending.commandId, pending);
    return this.show(cardsIn(pending));
  }

  drop(commandIds: Iterable<string>, renamed: Renamed = []): Difference {
    const touched = new Set<number>();
    for (const commandId of commandIds) this.forget(commandId, touched);
    this.rename(renamed, touched);
    return this.show(touched);
  }

  /**
   * Predictions whose answer the story has reached: what they changed is confirmed, or changed again since. In another
   * history the answer's position says nothing: those that can be sent again wait for their new answer.
   */
  reached(seq: number, sendAgain?: (commandId: string) => boolean): string[] {
    const settled: string[] = [];
    for (const pending of [...this.pending.values()]) {
      if (pending.answeredAt === undefined) continue;
      if (sendAgain?.(pending.commandId)) pending.answeredAt = undefined;
      else if (sendAgain || pending.answeredAt <= seq) settled.push(pending.commandId);
    }
    return settled;
  }

  /** A rank between two cards as they are shown; null is the column's end. */
  rankBetween(after: number | null, before: number | null): string {
    return rankBetween(this.rankOf(after), this.rankOf(before));
  }

  /** As `rankBetween`, for several cards next to each other. */
  ranksBetween(after: number | null, before: number | null, count: number): string[] {
    return ranksBetween(this.rankOf(after), this.rankOf(before), count);
  }

  private rankOf(id: number | null): string | null {
    return id === null ? null : (this.shown.get(id)?.rank ?? null);
  }

  private rename(renamed: Renamed, touched: Set<number>) {
    for (const [from, to] of renamed) {
      touched.add(from).add(to);
      for (const pending of this.pending.values()) {
        const { body, more } = withRealId(pending, from, to);
        Object.assign(pending, { body }, more && { more });
        if (pending.between?.after === from) pending.between.after = to;
        if (pending.between?.before === from) pending.between.before = to;
      }
    }
  }

  private forget(commandId: string, touched: Set<number>) {
    const pending = this.pending.get(commandId);
    if (!pending) return;
    this.pending.delete(commandId);
    for (const id of cardsIn(pending)) touched.add(id);
  }

  private guessAgain(status: number, touched: Set<number>) {
    for (const pending of this.pending.values()) {
      if (pending.body.type !== "task.moved" || pending.body.status !== status || !pending.between) continue;
      const low = this.confirmed.get(pending.between.after ?? 0)?.rank ?? null;
      const high = this.confirmed.get(pending.between.before ?? 0)?.rank ?? null;
      pending.body = { ...pending.body, rank: rankBetween(low, high) };
      touched.add(pending.body.id);
    }
  }

  private work(id: number): TaskRow | undefined {
    let card = this.confirmed.get(id);
    for (const pending of this.pending.values())
      for (const body of bodiesOf(pending)) if (concerns(body, id)) card = reduceTask(card, id, body);
    return card;
  }

  private show(touched: Iterable<number>): Difference {
    const cards = new Set<number>();
    const shifts: Shift[] = [];
    for (const id of touched) {
      const before = this.shown.get(id);
      const after = this.work(id);
      if (before === after) continue;
      if (after) this.shown.set(id, after);
      else this.shown.delete(id);
      cards.add(id);
      if (before?.status !== after?.status || before?.rank !== after?.rank) shifts.push({ before, after });
    }
    return { cards, columns: this.columns.shift(shifts, this.card) };
  }
}

function concerns(body: ProjectBody, id: number) {
  if ("id" in body && body.type.startsWith("task.")) return body.id === id;
  return tasksIn(body).includes(id);
}
