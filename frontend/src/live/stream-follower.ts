import { ApiError } from "../api/errors";
import type { Envelope } from "../api/events";
import { Observable } from "../observable";
import type { Followed, ResyncReason } from "./follower";
import type { Told, TransactionGate } from "./transaction-gate";

export type EventFrame<E> = { t: "ev"; stream: string; from: number; to: number; events: E[] };
/** What `GET …/events?after=` answers. */
export type EventPage<E> = { epoch: string; head: number; floor: number; events: E[] };

/** How long a heartbeat may be ahead of us before we take it that something was lost. */
const BEHIND_MS = 5000;
/** How often a gap is answered by subscribing again before a fresh snapshot is fetched. */
const TRIES = 3;

/** A follower as the socket and the poller see it, whatever its events are. */
export interface AnyFollower {
  readonly stream: string;
  readonly position: number;
  readonly hasStart: boolean;
  connected(): void;
  disconnected(): void;
  subscribed(told: { epoch: string; head: number }): void;
  received(frame: EventFrame<never>): void;
  polled(after: number, page: EventPage<never>): boolean;
  heartbeat(head: number): void;
  resync(reason: ResyncReason): unknown;
  gone(): void;
  stop(): void;
}

type Options = {
  subscribe: (stream: string, epoch: string, after: number) => void;
  now?: () => number;
  later?: (action: () => void, ms: number) => void;
  /** For streams that are watched together: holds a transaction until its other halves have come. */
  gate?: TransactionGate;
};

/**
 * Keeps one local copy at the head of its stream. The wire may lose, repeat or reorder; what arrives is applied only
 * where it fits, and whatever doesn't fit leads to asking again.
 */
export class StreamFollower<E extends Envelope<unknown>> implements AnyFollower {
  readonly isCurrent = new Observable(false);
  /** What has come and isn't applied yet. */
  readonly queue: Told<E>[] = [];
  private tries = 0;
  private behindSince: number | null = null;
  private reloading = false;
  private target = 0;
  private readonly subscribe: Options["subscribe"];
  private readonly now: () => number;
  private readonly later: NonNullable<Options["later"]>;
  private readonly gate: TransactionGate | undefined;

  constructor(
    private readonly copy: Followed<E>,
    { subscribe, now = Date.now, later = (action, ms) => void setTimeout(action, ms), gate }: Options,
  ) {
    this.subscribe = subscribe;
    this.now = now;
    this.later = later;
    this.gate = gate;
    gate?.join(this);
  }

  get stream() {
    return this.copy.stream;
  }

  /** How far the story has come to us; what waits for its other half is in it. */
  get position() {
    return this.queue.at(-1)?.to ?? this.copy.seq;
  }

  /** Only a copy that has its snapshot can be kept in step. */
  get hasStart() {
    return this.copy.epoch !== "";
  }

  /** No more of this stream: what still waits is shown, and nobody waits for it. */
  stop() {
    this.isCurrent.set(false);
    this.gate?.leave(this);
    while (this.queue.length) this.applyFirst();
  }

  /** The socket is open (again): join, replay what was missed, then live. */
  connected() {
    this.tries = 0;
    this.behindSince = null;
    if (this.hasStart) this.join();
  }

  disconnected() {
    this.isCurrent.set(false);
  }

  subscribed({ epoch, head }: { epoch: string; head: number }) {
    if (epoch !== this.copy.epoch) return void this.reload("epoch");
    if (head < this.position) return void this.reload("ahead");
    this.target = head;
    this.check();
  }

  /** An answer to "what came after `after`?", by the same rules as what the socket brings. True: there is more. */
  polled(after: number, { epoch, head, floor, events }: EventPage<E>): boolean {
    if (this.reloading || after !== this.position) return false;
    if (floor > after && epoch === this.copy.epoch) return this.startAnew("too_old");
    if (epoch !== this.copy.epoch) return this.startAnew("epoch");
    if (head < after) return this.startAnew("ahead");
    this.target = head;
    const to = events.at(-1)?.seq ?? after;
    if (to > after) this.received({ t: "ev", stream: this.stream, from: after + 1, to, events });
    else this.check();
    return to > after && to < head;
  }

  received(frame: EventFrame<E>) {
    const { position } = this;
    if (this.reloading || frame.to <= position) return;
    if (frame.from > position + 1) return this.missed();
    const since = this.now();
    const fresh = frame.events.filter((event) => event.seq > position);
    for (const events of byTransaction(fresh))
      this.queue.push({ events, to: events.at(-1)?.seq ?? frame.to, since });
    if (this.position < frame.to) this.queue.push({ events: [], to: frame.to, since });
    this.tries = 0;
    this.behindSince = null;
    if (this.gate) this.gate.arrived();
    else while (this.queue.length) this.applyFirst();
    if (!this.reloading) this.check();
  }

  applyFirst() {
    const told = this.queue.shift();
    if (!told) return;
    if (told.events.length && !this.copy.apply(told.events)) return void this.reload("schema");
    if (this.copy.seq < told.to) this.copy.reached(told.to);
  }

  heartbeat(head: number) {
    if (head <= this.position) {
      this.behindSince = null;
      return;
    }
    this.behindSince ??= this.now();
    const since = this.behindSince;
    this.later(() => {
      if (this.behindSince === since && this.position < head) this.missed();
    }, BEHIND_MS);
  }

  resync(reason: ResyncReason) {
    return this.reload(reason);
  }

  gone() {
    this.isCurrent.set(false);
    this.queue.length = 0;
    this.copy.gone();
  }

  private missed() {
    this.behindSince = null;
    this.isCurrent.set(false);
    this.tries += 1;
    if (this.tries > TRIES) void this.reload("gap");
    else this.join();
  }

  private join() {
    this.subscribe(this.copy.stream, this.copy.epoch, this.position);
  }

  private startAnew(reason: ResyncReason) {
    void this.reload(reason);
    return false;
  }

  private async reload(reason: ResyncReason) {
    if (this.reloading) return;
    this.reloading = true;
    this.isCurrent.set(false);
    this.queue.length = 0;
    try {
      await this.copy.reload(reason);
      this.gate?.startedAnew(this);
      this.tries = 0;
      this.behindSince = null;
      this.reloading = false;
      this.join();
    } catch (error) {
      this.reloading = false;
      if (error instanceof ApiError && error.status === 404) return this.gone();
      this.later(() => void this.reload(reason), 2000 + Math.random() * 3000);
    }
  }

  private check() {
    this.isCurrent.set(this.position >= this.target);
  }
}

/** A transaction is shown in one step or not at all. */
function byTransaction<E extends Envelope<unknown>>(events: E[]): E[][] {
  const transactions: E[][] = [];
  for (const event of events) {
    const last = transactions.at(-1);
    if (last && last[0]?.tx === event.tx) last.push(event);
    else transactions.push([event]);
  }
  return transactions;
}
