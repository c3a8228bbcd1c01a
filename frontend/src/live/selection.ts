import { Observable } from "../observable";

const NONE: ReadonlySet<number> = new Set();

/** The cards that somebody has chosen to do something with all of them; of this tab only, on one board or on several. */
export class Selection {
  readonly ids = new Observable<ReadonlySet<number>>(NONE);
  /** The card from which a range is counted: the one that was chosen last. */
  private anchor: number | null = null;

  has = (id: number) => this.ids.get().has(id);
  get size() {
    return this.ids.get().size;
  }

  /** Chooses a card, or no longer. */
  toggle(id: number) {
    const ids = new Set(this.ids.get());
    if (!ids.delete(id)) ids.add(id);
    this.anchor = id;
    this.ids.set(ids);
  }

  /** Chooses everything from the card that was chosen last, or from `from`, to this one, as they stand in `order`. */
  extendTo(id: number, order: readonly number[], from: number | null = null) {
    const start = order.indexOf(
      this.anchor !== null && order.includes(this.anchor) ? this.anchor : (from ?? id),
    );
    const end = order.indexOf(id);
    if (end < 0) return;
    this.anchor = order[Math.max(0, start)] ?? id;
    const [first, last] = start < 0 ? [end, end] : [Math.min(start, end), Math.max(start, end)];
    this.ids.set(new Set([...this.ids.get(), ...order.slice(first, last + 1)]));
  }

  /** Chooses all of these; where all are chosen already, none of them. */
  toggleAll(order: readonly number[]) {
    const ids = new Set(this.ids.get());
    const isAll = order.length > 0 && order.every((id) => ids.has(id));
    for (const id of order) {
      if (isAll) ids.delete(id);
      else ids.add(id);
    }
    this.ids.set(ids);
  }

  clear() {
    this.anchor = null;
    if (this.size) this.ids.set(NONE);
  }

  /** What goes along with a card that is taken into the hand: the chosen ones where it is one of them. */
  around(id: number, order: (ids: ReadonlySet<number>) => number[]): number[] {
    return this.has(id) && this.size > 1 ? order(this.ids.get()) : [id];
  }
}
