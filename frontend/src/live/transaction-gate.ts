import type { Envelope } from "../api/events";
import { inOneStep } from "./one-step";

/** One transaction as a stream told it, and the position that the story has with it. */
export type Told<E extends Envelope<unknown>> = { events: E[]; to: number; since: number };
/** A stream whose transactions may have other halves. */
export interface Member {
  readonly stream: string;
  readonly queue: readonly Told<Envelope<unknown>>[];
  /** Takes the first transaction from the queue and applies it. */
  applyFirst(): void;
}
type Options = {
  /** Those of the members that have a half of this transaction too; null where its events don't say. */
  halves: (events: Envelope<unknown>[], from: Member, members: Iterable<Member>) => Member[] | null;
  now?: () => number;
  later?: (action: () => void, ms: number) => void;
};

/** How long a transaction waits for its other halves: a stream may be behind, or its half may never come. */
export const LONGEST_HOLD_MS = 1000;
const REMEMBERED = 500;

/**
 * Between streams that are watched together: a transaction that wrote to several of them is applied to all of them in
 * one step. What follows it in its stream waits with it.
 */
export class TransactionGate {
  private readonly members = new Map<string, Member>();
  /** Where a transaction has been applied, of those that went ahead without a half. */
  private readonly passed = new Map<string, Set<string>>();
  private readonly now: () => number;
  private readonly later: NonNullable<Options["later"]>;
  private isTimed = false;

  constructor(private readonly options: Options) {
    this.now = options.now ?? Date.now;
    this.later = options.later ?? ((action, ms) => void setTimeout(action, ms));
  }

  join(member: Member) {
    this.members.set(member.stream, member);
  }

  /** A stream that is watched no more has no halves that others could wait for. */
  leave(member: Member) {
    if (this.members.get(member.stream) !== member) return;
    this.members.delete(member.stream);
    this.advance();
  }

  /** Something has come for one of the members. */
  arrived() {
    this.advance();
  }

  /** This member has taken a fresh snapshot: the halves that others wait for may be in it. */
  startedAnew(member: Member) {
    inOneStep(() => {
      for (const other of this.members.values()) {
        const last = other.queue.findLastIndex(
          (told) => isShared(told) && this.awaited(told, other).includes(member),
        );
        for (let count = 0; count <= last; count++) this.apply(other);
      }
    });
    this.advance();
  }

  private advance() {
    while (this.step());
    this.lookAgain();
  }

  /** As long as something is held: when the first of it has waited long enough. */
  private lookAgain() {
    const held = [...this.members.values()].flatMap(({ queue: [first] }) => (first ? [first.since] : []));
    if (this.isTimed || held.length === 0) return;
    this.isTimed = true;
    const wait = Math.min(...held) + LONGEST_HOLD_MS - this.now();
    this.later(
      () => {
        this.isTimed = false;
        this.advance();
      },
      Math.max(wait, 1),
    );
  }

  /** Applies the first thing that need not wait; false when everything has to. */
  private step(): boolean {
    for (const member of this.members.values()) {
      const told = member.queue[0];
      if (!told) continue;
      const tx = told.events[0]?.tx;
      const others = isShared(told) ? this.awaited(told, member) : [];
      if (others.every((other) => other.queue[0]?.events[0]?.tx === tx)) {
        inOneStep(() => {
          for (const each of [member, ...others]) this.apply(each);
        });
        return true;
      }
      if (this.now() - told.since >= LONGEST_HOLD_MS) {
        this.goAhead(tx);
        return true;
      }
    }
    return false;
  }

  /** The halves that have come, with what stands before them in their streams; the others are waited for no longer. */
  private goAhead(tx: string | undefined) {
    inOneStep(() => {
      for (const member of this.members.values()) {
        const place = member.queue.findIndex(({ events }) => events[0]?.tx === tx);
        for (let count = 0; count <= place; count++) this.apply(member);
      }
    });
  }

  private apply(member: Member) {
    const told = member.queue[0];
    const tx = told?.events[0]?.tx;
    if (tx && isShared(told)) {
      this.passed.set(tx, (this.passed.get(tx) ?? new Set()).add(member.stream));
      const [oldest] = this.passed.keys();
      if (this.passed.size > REMEMBERED && oldest) this.passed.delete(oldest);
    }
    member.applyFirst();
  }

  private awaited(told: Told<Envelope<unknown>>, from: Member): Member[] {
    const tx = told.events[0]?.tx ?? "";
    const done = this.passed.get(tx);
    const others = [...this.members.values()].filter((member) => member !== from);
    const known = this.options.halves(told.events, from, others);
    if (known) return known.filter(({ stream }) => !done?.has(stream));
    // Which streams is unknown, but not how many: so many of those that are here, and have it or may get it.
    const open = others.filter(({ stream }) => !done?.has(stream));
    const holding = open.filter(({ queue }) => queue.some(({ events }) => events[0]?.tx === tx));
    const missing = (told.events[0]?.span ?? 1) - 1 - (done?.size ?? 0) - holding.length;
    return missing > 0 ? open : holding;
  }
}

const isShared = ({ events }: Told<Envelope<unknown>>) => (events[0]?.span ?? 1) > 1;
