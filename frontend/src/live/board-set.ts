import type { Envelope, ProjectBody } from "../api/events";
import type { TaskRow } from "../api/types";
import { Observable } from "../observable";
import type { BoardStore } from "./board-store";
import { afterStep } from "./one-step";
import { type Member, TransactionGate } from "./transaction-gate";
import { Watchers } from "./watchers";

type Clock = { now?: () => number; later?: (action: () => void, ms: number) => void };
/** Cards that look different; null: all of them may. */
export type ChangedCards = ReadonlySet<number> | null;

/** Boards that are watched together, as one board over several initiatives does. A card is on one of them at a time. */
export class BoardSet {
  readonly boards = new Observable<readonly BoardStore[]>([]);
  /** Grows once for every step, however many of the boards it changed. */
  readonly revision = new Observable(0);
  /** Told once for every step which cards it changed, before those who watch single cards. */
  readonly changes = new Set<(ids: ChangedCards) => void>();
  /** What the followers of these boards are given, so that a card leaves one and arrives on another in one step. */
  readonly gate: TransactionGate;
  private readonly leavers = new Map<BoardStore, () => void>();
  private readonly homes = new Map<number, BoardStore>();
  private readonly cardWatchers = new Watchers();
  private touched: Set<number> | null = new Set();

  constructor(clock: Clock = {}) {
    this.gate = new TransactionGate({ ...clock, halves: this.halves });
  }

  add(store: BoardStore) {
    if (this.leavers.has(store)) return;
    const listen = (ids: ChangedCards) => this.note(store, ids);
    store.changes.add(listen);
    this.leavers.set(store, () => void store.changes.delete(listen));
    this.boards.set([...this.boards.get(), store]);
    this.note(store, null);
  }

  remove(store: BoardStore) {
    this.leavers.get(store)?.();
    if (!this.leavers.delete(store)) return;
    this.boards.set(this.boards.get().filter((board) => board !== store));
    this.note(store, null);
  }

  /** The board that shows this card. Where two do, because one of them is behind, the card's newer version counts. */
  boardOf = (id: number): BoardStore | undefined => this.homes.get(id);
  card = (id: number): TaskRow | undefined => this.homes.get(id)?.card(id);
  mark = (id: number) => this.homes.get(id)?.mark(id);
  watchCard = (id: number, listener: () => void) => this.cardWatchers.watch(id, listener);

  /** The server's id of a card that was added here under an id of this browser's own. */
  realId(id: number): number | undefined {
    for (const board of this.boards.get()) {
      const real = board.realId(id);
      if (real) return real;
    }
  }

  /** Every card of every board, each once. */
  *cards(): Iterable<{ card: TaskRow; board: BoardStore }> {
    for (const board of this.boards.get())
      for (const card of board.cards()) if (this.homes.get(card.id) === board) yield { card, board };
  }

  private note(store: BoardStore, ids: ChangedCards) {
    if (ids) for (const id of ids) this.findHome(id);
    else {
      for (const [id, home] of this.homes) if (home === store) this.findHome(id);
      if (this.leavers.has(store)) for (const { id } of store.cards()) this.findHome(id);
    }
    if (ids && this.touched) for (const id of ids) this.touched.add(id);
    else this.touched = null;
    afterStep(this.tell);
  }

  private findHome(id: number) {
    let found: BoardStore | undefined;
    let version = -1;
    for (const board of this.boards.get()) {
      const card = board.card(id);
      if (!card || card.version <= version) continue;
      found = board;
      version = card.version;
    }
    if (found) this.homes.set(id, found);
    else this.homes.delete(id);
  }

  private readonly tell = () => {
    const ids = this.touched;
    this.touched = new Set();
    for (const listener of this.changes) listener(ids);
    if (ids) this.cardWatchers.tell(ids);
    else this.cardWatchers.tellAll();
    this.revision.set(this.revision.get() + 1);
  };

  /** A moved card says where it goes and where it comes from; other transactions don't say whom they touched. */
  private readonly halves = (events: Envelope<unknown>[], _from: Member, members: Iterable<Member>) => {
    const streams = new Set<string>();
    for (const { body } of events as Envelope<ProjectBody>[]) {
      if (body.type === "task.left" && body.to_project) streams.add(`project:${body.to_project}`);
      else if (body.type === "task.arrived") streams.add(this.streamOfKey(body.from_key));
    }
    if (streams.size === 0) return null;
    return [...members].filter(({ stream }) => streams.has(stream));
  };

  /** "JL-118" is a card of the initiative "JL". */
  private streamOfKey(key: string): string {
    const project = key.replace(/-\d+$/, "");
    return this.boards.get().find((board) => board.facts.get()?.project.key === project)?.stream ?? "";
  }
}
