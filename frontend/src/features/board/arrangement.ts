import type { TaskRow } from "../../api/types";
import type { BoardSet, ChangedCards } from "../../live/board-set";
import type { CardTest } from "./filter";
import type { Compare } from "./sorts";

/** How cards are laid out: which belong here, which are seen, in which column and lane, in which order. */
export type Plan = {
  isIn: CardTest;
  passes: CardTest | null;
  columnOf: (card: TaskRow) => string;
  laneOf: (card: TaskRow) => string;
  compare: Compare;
  /** Whether a card may come or go because of what happened to another: those that wait for one. */
  looksAround: boolean;
};

/** How much there is in a column or a lane: all cards, those that are seen, and the hours of all. */
export type Sum = { total: number; seen: number; hours: number };
type Place = { column: string; lane: string; cell: string; isSeen: boolean; card: TaskRow; cents: number };

const NOBODY: readonly number[] = [];
const NOTHING: Sum = { total: 0, seen: 0, hours: 0 };
/** Above this many changes at once, laying everything out anew is cheaper than moving cards one by one. */
const MANY = 64;

export const cellOf = (column: string, lane: string) => (lane ? `${column}/${lane}` : column);

/**
 * Where every card of a board is seen. A change of a card costs what it touches: the cells it leaves and enters, and
 * the sums of its column and lane. Cells and sums are watched one by one.
 */
export class Arrangement {
  private places = new Map<number, Place>();
  private cells = new Map<string, readonly number[]>();
  private sums = new Map<string, Sum>();
  private readonly listeners = new Map<string, Set<() => void>>();
  private keys: { columns: readonly string[]; lanes: readonly string[] } = { columns: [], lanes: [] };
  private revision: number;

  /** Lays out what is there now; `open` keeps it so. */
  constructor(
    private readonly set: BoardSet,
    private readonly plan: Plan,
  ) {
    this.revision = set.revision.get();
    this.layOut();
  }

  /** Follows the cards from now on, and catches up with what has happened since it was made. Gives back how to stop. */
  open(): () => void {
    const listen = (ids: ChangedCards) => this.changed(ids);
    this.set.changes.add(listen);
    if (this.revision !== this.set.revision.get()) this.changed(null);
    return () => {
      this.set.changes.delete(listen);
      this.revision = this.set.revision.get();
    };
  }

  cell = (key: string): readonly number[] => this.cells.get(key) ?? NOBODY;
  sumOf = (kind: "column" | "lane" | "all", key = ""): Sum => this.sums.get(`${kind} ${key}`) ?? NOTHING;
  /** The columns and lanes in which there are cards; the same object until others have some. */
  present = () => this.keys;
  placeOf = (id: number): { column: string; lane: string; cell: string } | undefined => this.places.get(id);
  isHidden = (id: number) => this.places.get(id)?.isSeen === false;

  watchCell = (key: string, listener: () => void) => this.watch(`cell ${key}`, listener);
  watchSum = (kind: "column" | "lane" | "all", key: string, listener: () => void) =>
    this.watch(`${kind} ${key}`, listener);
  watchPresent = (listener: () => void) => this.watch("present", listener);

  /** Where a card would stand in a cell, among the others there. */
  indexFor(cell: string, card: TaskRow): number {
    const others = this.cell(cell).filter((id) => id !== card.id);
    return this.find(others, card);
  }

  private watch(key: string, listener: () => void): () => void {
    const known = this.listeners.get(key) ?? new Set();
    this.listeners.set(key, known.add(listener));
    return () => {
      known.delete(listener);
      if (!known.size && this.listeners.get(key) === known) this.listeners.delete(key);
    };
  }

  private tell(key: string) {
    for (const listener of this.listeners.get(key) ?? []) listener();
  }

  private placeFor(card: TaskRow): Place {
    const { columnOf, laneOf, passes } = this.plan;
    const [column, lane] = [columnOf(card), laneOf(card)];
    const cents = card.estimate ? Math.round(Number(card.estimate) * 100) : 0;
    const isSeen = passes === null || passes(card);
    return { column, lane, cell: cellOf(column, lane), isSeen, card, cents };
  }

  private layOut() {
    const { plan } = this;
    this.places = new Map();
    this.sums = new Map();
    const cells = new Map<string, TaskRow[]>();
    for (const { card } of this.set.cards()) {
      if (!plan.isIn(card)) continue;
      const place = this.placeFor(card);
      this.places.set(card.id, place);
      this.count(place, 1);
      if (!place.isSeen) continue;
      const cell = cells.get(place.cell);
      if (cell) cell.push(card);
      else cells.set(place.cell, [card]);
    }
    const before = this.cells;
    this.cells = new Map();
    for (const [key, cards] of cells) {
      const ids = cards.sort(plan.compare).map(({ id }) => id);
      const old = before.get(key);
      this.cells.set(key, old && isSame(old, ids) ? old : ids);
    }
    this.notePresent();
  }

  private changed(ids: ChangedCards) {
    const { plan } = this;
    const all = ids && plan.looksAround ? this.withWaiting(ids) : ids;
    if (!all || all.size > MANY) {
      this.layOut();
      for (const key of [...this.listeners.keys()]) this.tell(key);
      return;
    }
    const told = new Set<string>();
    const arriving: Place[] = [];
    for (const id of all) {
      const before = this.places.get(id);
      const card = this.set.card(id);
      const after = card && plan.isIn(card) ? this.placeFor(card) : undefined;
      this.move(id, before, after, told, arriving);
    }
    for (const place of arriving) this.insert(place);
    if (this.notePresent()) told.add("present");
    for (const key of told) this.tell(key);
  }

  private move(
    id: number,
    before: Place | undefined,
    after: Place | undefined,
    told: Set<string>,
    arriving: Place[],
  ) {
    if (before) this.count(before, -1, told);
    if (after) this.count(after, 1, told);
    if (after) this.places.set(id, after);
    else this.places.delete(id);
    const stays =
      before &&
      after &&
      before.isSeen === after.isSeen &&
      before.cell === after.cell &&
      this.plan.compare(before.card, after.card) === 0;
    if (stays) return;
    if (before?.isSeen) {
      told.add(`cell ${before.cell}`);
      this.cells.set(
        before.cell,
        this.cell(before.cell).filter((other) => other !== id),
      );
    }
    if (after?.isSeen) {
      told.add(`cell ${after.cell}`);
      arriving.push(after);
    }
  }

  private insert({ cell, card }: Place) {
    const ids = [...this.cell(cell)];
    ids.splice(this.find(ids, card), 0, card.id);
    this.cells.set(cell, ids);
  }

  private find(ids: readonly number[], card: TaskRow): number {
    let [low, high] = [0, ids.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      const other = this.places.get(ids[middle] as number)?.card;
      if (other && this.plan.compare(other, card) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  private count({ column, lane, isSeen, cents }: Place, by: 1 | -1, told?: Set<string>) {
    for (const key of [`column ${column}`, `lane ${lane}`, "all "]) {
      const { total, seen, hours } = this.sums.get(key) ?? NOTHING;
      this.sums.set(key, {
        total: total + by,
        seen: seen + (isSeen ? by : 0),
        hours: Math.round(hours * 100 + by * cents) / 100,
      });
      told?.add(key);
    }
  }

  /** Those that wait for one of these cards: whether they are blocked may have changed with it. */
  private withWaiting(ids: ReadonlySet<number>): Set<number> {
    const all = new Set(ids);
    for (const { card } of this.places.values())
      if (card.blocked_by.some((id) => ids.has(id))) all.add(card.id);
    return all;
  }

  private notePresent(): boolean {
    const keys = { columns: this.filled("column "), lanes: this.filled("lane ") };
    const { columns, lanes } = this.keys;
    if (isSame(columns, keys.columns) && isSame(lanes, keys.lanes)) return false;
    this.keys = keys;
    return true;
  }

  private filled(kind: string): string[] {
    const found: string[] = [];
    for (const [key, { total }] of this.sums)
      if (total > 0 && key.startsWith(kind)) found.push(key.slice(kind.length));
    return found.sort();
  }
}

const isSame = (a: readonly unknown[], b: readonly unknown[]) =>
  a.length === b.length && a.every((one, index) => one === b[index]);
