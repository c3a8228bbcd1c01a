import type { ProjectBody, ProjectEvent } from "../api/events";
import type { BoardProject, BoardSnapshot, Transition, WorkStatus } from "../api/types";
import { Observable } from "../observable";
import { CardTable, cardsIn, type Difference, newCardsIn, type Pending, type Renamed } from "./card-table";
import type { Followed, ResyncReason } from "./follower";
import { afterStep } from "./one-step";
import { isKnown, reduceProject } from "./reduce-project";
import { tasksIn } from "./reduce-task";
import { cardsOf } from "./snapshot";
import { Watchers } from "./watchers";

/** What the board says about itself, apart from its cards. */
export type BoardFacts = { project: BoardProject; statuses: WorkStatus[]; transitions: Transition[] };
/** The last thing that somebody else did to a card. */
export type RemoteMark = { actor: number; type: ProjectBody["type"]; at: number };
/** What happened to the board's copy: events were applied, a snapshot took its place, or a prediction came or went. */
export type Step = { events: ProjectEvent[] } | "snapshot" | "pending";
export type BoardPhase = "loading" | "ready" | "gone" | "failed";

/**
 * One board, kept in step with its stream. Cards and columns are watched one by one, so that a change repaints what
 * it touched and nothing else. Knows nothing of sockets or of React.
 */
export class BoardStore implements Followed<ProjectEvent> {
  readonly stream: string;
  epoch = "";
  seq = 0;
  readonly phase = new Observable<BoardPhase>("loading");
  readonly facts = new Observable<BoardFacts | null>(null);
  /** Grows with every step; for sums that are worked out from time to time over all cards. */
  readonly revision = new Observable(0);

  /** What one may do here may have changed: whoever follows the stream fetches a fresh snapshot. */
  onAccessChanged: () => void = () => {};

  /** A command that was answered in a history that is no more: sent once more where somebody still has it. */
  sendAgain: (commandId: string) => boolean = () => false;

  /** Told which cards look different, before those who watch single ones; null: all of them may. */
  readonly changes = new Set<(ids: ReadonlySet<number> | null) => void>();

  /** Told of every step: for those who show more of a card than the board does. */
  readonly steps = new Set<(step: Step) => void>();

  private readonly table = new CardTable();
  private readonly cardWatchers = new Watchers();
  private readonly columnWatchers = new Watchers();
  private readonly marks = new Map<number, RemoteMark>();
  private readonly realIds = new Map<number, number>();
  /** What has changed since those who watch were told last. */
  private untold: Difference = { cards: new Set(), columns: new Set() };
  /** When cards were last changed, in milliseconds: those of the last two days. */
  private readonly changed = new Map<number, number>();

  constructor(
    readonly projectId: number,
    private readonly fetchSnapshot: () => Promise<BoardSnapshot>,
    private readonly me: () => number | null,
    private readonly clock: () => number = Date.now,
    /** When those who watch hear what others did; what is done here is told at once. */
    private readonly pace: (tell: () => void) => void = (tell) => tell(),
  ) {
    this.stream = `project:${projectId}`;
  }

  card = this.table.card;
  column = this.table.column;
  cards = this.table.cards;
  confirmedCards = this.table.confirmedCards;
  mark = (id: number) => this.marks.get(id);
  changedAt = (id: number) => this.changed.get(id);
  /** As a snapshot tells it. */
  recent = (): [number, string][] => [...this.changed].map(([id, at]) => [id, new Date(at).toISOString()]);
  get size() {
    return this.table.size;
  }
  get pendingCount() {
    return this.table.pendingCount;
  }
  pendingOn = this.table.pendingOn;
  watchCard = (id: number, listener: () => void) => this.cardWatchers.watch(id, listener);
  watchColumn = (status: number, listener: () => void) => this.columnWatchers.watch(status, listener);
  rankBetween = (after: number | null, before: number | null) => this.table.rankBetween(after, before);
  ranksBetween = (after: number | null, before: number | null, count: number) =>
    this.table.ranksBetween(after, before, count);
  /** The server's id of a card that was added here under an id of our own; undefined while it is on its way. */
  realId = (id: number) => (id > 0 ? id : this.realIds.get(id));

  load(snapshot: BoardSnapshot) {
    const isOtherHistory = this.epoch !== "" && this.epoch !== snapshot.epoch;
    this.epoch = snapshot.epoch;
    this.seq = snapshot.seq;
    this.table.load(cardsOf(snapshot));
    this.settle(this.table.reached(this.seq, isOtherHistory ? this.sendAgain : undefined));
    this.marks.clear();
    this.changed.clear();
    for (const [id, at] of snapshot.recent ?? []) this.changed.set(id, Date.parse(at));
    const { project, statuses, transitions } = snapshot;
    this.facts.set({ project, statuses, transitions });
    this.phase.set("ready");
    for (const listener of this.changes) listener(null);
    this.cardWatchers.tellAll();
    this.columnWatchers.tellAll();
    this.revision.set(this.revision.get() + 1);
    this.tellStep("snapshot");
  }

  async reload(_reason: ResyncReason) {
    this.load(await this.fetchSnapshot());
  }

  apply(events: ProjectEvent[]): boolean {
    if (!events.every(({ body }) => isKnown(body))) return false;
    const bodies = events.map(({ body }) => body);
    const commandIds = new Set(events.map((event) => event.command_id));
    const difference = this.table.confirm(bodies, commandIds, this.ownCards(events));
    for (const event of events) {
      this.noteRemote(event, difference);
      for (const id of tasksIn(event.body)) this.changed.set(id, Date.parse(event.at));
    }
    for (const body of bodies) this.noteProject(body);
    this.seq = events.at(-1)?.seq ?? this.seq;
    this.publish(difference, this.pace);
    this.tellStep({ events });
    this.reached(this.seq);
    return true;
  }

  reached(seq: number) {
    this.seq = seq;
    const settled = this.table.reached(seq);
    if (settled.length) this.settle(settled);
  }

  gone() {
    this.phase.set("gone");
  }

  predict(pending: Pending) {
    for (const id of cardsIn(pending)) this.marks.delete(id);
    this.publish(this.table.predict(pending));
    this.tellStep("pending");
  }

  /**
   * The server said yes. The prediction stays until the story has reached `seq`: never dropped on the answer alone,
   * or the card would flicker back. Without a position nothing was written, and nothing will come.
   */
  answered(
    commandId: string,
    position: { epoch: string; seq: number } | undefined,
    realIds: readonly number[] = [],
  ) {
    const pending = this.table.pendingOf(commandId);
    if (!pending) return;
    for (const [index, id] of newCardsIn(pending).entries()) {
      const realId = realIds[index];
      if (realId) this.realIds.set(id, realId);
    }
    if (position && position.epoch === this.epoch && position.seq > this.seq)
      pending.answeredAt = position.seq;
    else this.settle([commandId]);
  }

  /** The server said no: the card goes back to what is confirmed. */
  refused(commandId: string) {
    this.publish(this.table.drop([commandId]));
    this.tellStep("pending");
  }

  private settle(commandIds: string[]) {
    const renamed: Renamed = [];
    for (const commandId of commandIds) {
      const pending = this.table.pendingOf(commandId);
      for (const id of pending ? newCardsIn(pending) : []) {
        const realId = this.realIds.get(id);
        if (realId) renamed.push([id, realId]);
      }
    }
    this.publish(this.table.drop(commandIds, renamed));
    this.tellStep("pending");
  }

  /** Cards that were added here and have just been confirmed under their real ids. */
  private ownCards(events: ProjectEvent[]): Renamed {
    const renamed: Renamed = [];
    const waiting = new Map<string, number[]>();
    for (const { body, command_id } of events) {
      const pending = command_id ? this.table.pendingOf(command_id) : undefined;
      if (!command_id || !pending || body.type !== "task.created") continue;
      // The server tells several new cards in the order in which they were sent.
      const own = waiting.get(command_id) ?? [...newCardsIn(pending)];
      waiting.set(command_id, own);
      const id = own.shift();
      if (id === undefined) continue;
      this.realIds.set(id, body.id);
      renamed.push([id, body.id]);
    }
    return renamed;
  }

  private noteRemote({ actor, body }: ProjectEvent, { cards }: Difference) {
    if (actor === null || actor === this.me() || body.type === "column.reranked") return;
    for (const id of tasksIn(body)) {
      if (!this.table.card(id)) this.marks.delete(id);
      else if (cards.has(id)) this.marks.set(id, { actor, type: body.type, at: this.clock() });
    }
  }

  private noteProject(body: ProjectBody) {
    const facts = this.facts.get();
    const project = facts && reduceProject(facts.project, body);
    if (facts && project && project !== facts.project) this.facts.set({ ...facts, project });
    if (body.type === "project.deleted") this.gone();
    const me = this.me();
    if (body.type === "access.changed" && (!body.people || (me && body.people.includes(me))))
      this.onAccessChanged();
  }

  private tellStep(step: Step) {
    for (const listener of this.steps) listener(step);
  }

  private publish({ cards, columns }: Difference, pace = (tell: () => void) => tell()) {
    if (!cards.size) return;
    for (const id of cards) this.untold.cards.add(id);
    for (const status of columns) this.untold.columns.add(status);
    afterStep(() => pace(this.tellWatchers));
  }

  private readonly tellWatchers = () => {
    const { cards, columns } = this.untold;
    if (!cards.size) return; // told meanwhile, with something that was done here
    this.untold = { cards: new Set(), columns: new Set() };
    for (const listener of this.changes) listener(cards);
    this.cardWatchers.tell(cards);
    this.columnWatchers.tell(columns);
    this.revision.set(this.revision.get() + 1);
  };
}
