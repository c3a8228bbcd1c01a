import type { End } from "../../live/commands";
import type { Refusal } from "../../live/refusal";
import { Selection } from "../../live/selection";
import { Observable } from "../../observable";

/** A place on the board: the keys of its column and its lane; "" where there are no lanes. */
export type Spot = { column: string; lane: string };
export const isSameSpot = (a: Spot | null, b: Spot | null) => a?.column === b?.column && a?.lane === b?.lane;

/** Why a card may not go to columns and lanes, for those where it may not. */
export type Refusals = { columns: ReadonlyMap<string, Refusal>; lanes: ReadonlyMap<string, Refusal> };
export const refusalAt = ({ columns, lanes }: Refusals, { column, lane }: Spot) =>
  columns.get(column) ?? lanes.get(lane);

export type Drag = {
  id: number;
  /** All that go along, in the order in which they stand; the card in the hand is one of them. */
  lot: readonly number[];
  from: Spot;
  /** Height of the lifted card: the slot is as tall. */
  height: number;
  width: number;
  over: Spot | null;
  /** Where it would go among the cards on the screen, itself left out. */
  index: number;
  refusals: Refusals;
};

/** What a cell can tell about itself to those who move cards: what lies under a height. */
export type CellEyes = { indexAt: (clientY: number) => number };

/** How somebody looks at a board: focus, drag, open menus. Kept apart from the cards, and of this tab only. */
export class BoardView {
  readonly focused = new Observable<number | null>(null);
  /** A card that is to receive the focus as soon as it is on the screen. */
  readonly wanted = new Observable<number | null>(null);
  readonly drag = new Observable<Drag | null>(null);
  /** The column that has its "new card" field open. */
  readonly adding = new Observable<string | null>(null);
  /** At which end of the column new cards are added. */
  readonly addingAt = new Observable<End>("top");
  /** On a board over several initiatives: the one that new cards were last added to. */
  readonly addingTo = new Observable<number | null>(null);
  /** The card whose "Move to…" is open. */
  readonly moving = new Observable<number | null>(null);
  /** Where that card was dropped, when it has still to be said into which status. */
  readonly dropped = new Observable<Spot | null>(null);
  /** What is asked about saved views. */
  readonly viewDialog = new Observable<"save" | "rename" | "remove" | null>(null);
  /** Grows when the filter's box is to receive the focus. */
  readonly searching = new Observable(0);
  /** On a phone: the column that fills the screen. */
  readonly page = new Observable<string | null>(null);
  readonly selection = new Selection();
  /** What the cells on the screen know, by their keys. */
  readonly cells = new Map<string, CellEyes>();

  /** Puts the focus on a card, scrolling to it if it must. */
  focus(id: number) {
    this.focused.set(id);
    this.asking = document.activeElement;
    this.wanted.set(null);
    this.wanted.set(id);
  }

  /**
   * Answers `focus`, now that the card is drawn. Whoever has gone on to another card, a field or a dialog in the
   * meantime keeps what they have.
   */
  give(card: HTMLElement | null) {
    this.wanted.set(null);
    const current = document.activeElement;
    if (current === null || current === document.body || current === this.asking)
      card?.focus({ preventScroll: true });
  }
  /** Where the focus was when it was asked to go to a card. */
  private asking: Element | null = null;
}
