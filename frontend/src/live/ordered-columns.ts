import type { TaskRow } from "../api/types";

/** What happened to one card's place: `before` is where it was shown, `after` where it is to be shown. */
export type Shift = { before: TaskRow | undefined; after: TaskRow | undefined };

/** Above this many shifts in one column, sorting it anew is cheaper than moving cards one by one. */
const MANY = 64;

/** Byte order, as the server sorts: `<`, never localeCompare. Equal ranks happen only among predictions. */
export function comparePlaces(a: TaskRow, b: TaskRow): number {
  if (a.rank !== b.rank) return a.rank < b.rank ? -1 : 1;
  return a.id - b.id;
}

/** The ids of each column's cards in their order. An array is never changed once given out: a new one takes its place. */
export class OrderedColumns {
  private columns = new Map<number, readonly number[]>();

  in(status: number): readonly number[] {
    return this.columns.get(status) ?? EMPTY;
  }

  fill(cards: Iterable<TaskRow>) {
    const columns = new Map<number, TaskRow[]>();
    for (const card of cards) {
      const column = columns.get(card.status);
      if (column) column.push(card);
      else columns.set(card.status, [card]);
    }
    this.columns = new Map();
    for (const [status, column] of columns)
      this.columns.set(
        status,
        column.sort(comparePlaces).map((card) => card.id),
      );
  }

  /**
   * Takes cards from their old places and puts them into their new ones. `rowOf` is asked for the cards that stay.
   * Gives back the statuses whose order changed.
   */
  shift(shifts: Shift[], rowOf: (id: number) => TaskRow | undefined): Set<number> {
    const leaving = groupByStatus(shifts, "before");
    const arriving = groupByStatus(shifts, "after");
    const changed = new Set([...leaving.keys(), ...arriving.keys()]);
    for (const status of changed) {
      const out = new Set(leaving.get(status)?.map((card) => card.id));
      const rest = this.in(status).filter((id) => !out.has(id));
      const incoming = arriving.get(status) ?? [];
      this.columns.set(
        status,
        incoming.length > MANY ? merge(rest, incoming, rowOf) : insert(rest, incoming, rowOf),
      );
    }
    return changed;
  }
}

const EMPTY: readonly number[] = [];

function groupByStatus(shifts: Shift[], side: "before" | "after") {
  const groups = new Map<number, TaskRow[]>();
  for (const shift of shifts) {
    const card = shift[side];
    if (!card) continue;
    const group = groups.get(card.status);
    if (group) group.push(card);
    else groups.set(card.status, [card]);
  }
  return groups;
}

function insert(column: number[], cards: TaskRow[], rowOf: (id: number) => TaskRow | undefined) {
  for (const card of cards) {
    let low = 0;
    let high = column.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const other = rowOf(column[middle] as number);
      if (other && comparePlaces(other, card) < 0) low = middle + 1;
      else high = middle;
    }
    column.splice(low, 0, card.id);
  }
  return column;
}

function merge(rest: number[], cards: TaskRow[], rowOf: (id: number) => TaskRow | undefined) {
  const rows = [...rest.map(rowOf).filter((row) => row !== undefined), ...cards];
  return rows.sort(comparePlaces).map((card) => card.id);
}
