import { describe, expect, test } from "vitest";
import type { ProjectBody, ProjectEvent } from "../api/events";
import type { TaskRow } from "../api/types";
import { aCard, aSnapshot, at, DOING, READY } from "./board-samples";
import { BoardStore } from "./board-store";
import { reduceTask } from "./reduce-task";
import { StreamFollower } from "./stream-follower";

/**
 * A server, a wire that delays, drops, doubles and reorders, and one person who writes to card 1 all the time while
 * others write to card 2. Every value of an own write is a number that grows: what is shown must never go back.
 */
const CARDS = 2;
const ME = 1;

/** mulberry32: the same numbers for the same seed, wherever it runs. */
function randomFrom(seed: number) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

function world(seed: number) {
  const random = randomFrom(seed);
  const below = (limit: number) => Math.floor(random() * limit);
  let cards = new Map<number, TaskRow>();
  for (let id = 1; id <= CARDS; id++) cards.set(id, aCard(id, READY, `a${id}`, { estimate: "0" }));
  const snapshotOf = (seq: number) => ({ ...aSnapshot([...cards.values()]), seq });
  const log: ProjectEvent[] = [];
  const head = () => log.at(-1)?.seq ?? 10;

  /** What the wire carries: each of it happens at some time, in any order. */
  const underWay: (() => void)[] = [];
  const store = new BoardStore(
    7,
    () => new Promise((resolve) => underWay.push(() => resolve(snapshotOf(head())))),
    () => ME,
  );
  store.load(snapshotOf(10));
  const send = (after: number, upTo = head()) => {
    const events = log.filter(({ seq }) => seq > after && seq <= upTo);
    const [from, to] = [events[0]?.seq ?? 0, events.at(-1)?.seq ?? 0];
    if (events.length) follower.received({ t: "ev", stream: "project:7", from, to, events });
  };
  const follower = new StreamFollower<ProjectEvent>(store, {
    subscribe: (_stream, epoch, after) =>
      underWay.push(() => {
        follower.subscribed({ epoch, head: head() });
        send(after);
      }),
    later: (action) => void underWay.push(action),
  });

  const done = new Set<string>();
  const commit = (body: ProjectBody, commandId: string, actor: number) => {
    const seq = head() + 1;
    const before = head();
    log.push(at(seq, body, { command_id: commandId, actor }));
    const id = (body as { id: number }).id;
    cards = new Map(cards).set(id, reduceTask(cards.get(id), id, body) as TaskRow);
    const times = [0, 1, 1, 1, 2][below(5)] ?? 1;
    for (let time = 0; time < times; time++) underWay.push(() => send(before, seq));
    return seq;
  };

  let own = 0;
  let isBusy = false;
  const waiting: (() => void)[] = [];
  /** One's own commands about a card go out one after the other, as from the outbox. */
  const write = () => {
    own += 1;
    const commandId = `own-${own}`;
    const isMove = random() < 0.3;
    const change: ProjectBody = isMove
      ? {
          type: "task.moved",
          id: 1,
          version: own,
          status: own % 2 ? DOING : READY,
          rank: `b${String(own).padStart(5, "0")}`,
        }
      : { type: "task.changed", id: 1, version: own, estimate: String(own) };
    store.predict({ commandId, body: change });
    const deliver = () => {
      underWay.push(() => {
        const seq = done.has(commandId)
          ? (log.find((event) => event.command_id === commandId)?.seq ?? 0)
          : commit(change, commandId, ME);
        done.add(commandId);
        if (random() < 0.2) return deliver(); // the answer is lost: sent again under the same id
        underWay.push(() => {
          store.answered(commandId, { epoch: "k", seq });
          isBusy = false;
          waiting.shift()?.();
        });
      });
    };
    const start = () => {
      isBusy = true;
      deliver();
    };
    if (isBusy) waiting.push(start);
    else start();
  };

  const shown = { estimate: 0, rank: "" };
  const problems: string[] = [];
  const look = () => {
    const card = store.card(1);
    const estimate = Number(card?.estimate ?? 0);
    const rank = card?.rank ?? "";
    if (estimate < shown.estimate) problems.push(`estimate ${shown.estimate} → ${estimate}`);
    if (rank < shown.rank) problems.push(`rank ${shown.rank} → ${rank}`);
    Object.assign(shown, { estimate, rank });
  };
  store.watchCard(1, look);
  const step = async () => {
    const kind = random();
    if (kind < 0.15) write();
    else if (kind < 0.25)
      commit({ type: "task.changed", id: 2, version: 2, title: `Other ${head()}` }, `other-${head()}`, 2);
    else if (kind < 0.27) void follower.resync("overflow");
    else if (kind < 0.29) follower.connected();
    else if (kind < 0.31) follower.heartbeat(head());
    else if (kind < 0.34) poll();
    else underWay.splice(below(underWay.length), 1)[0]?.();
    await Promise.resolve();
    look();
  };
  const poll = () => {
    const after = follower.position;
    underWay.push(() => {
      const events = log.filter(({ seq }) => seq > after);
      const page = { epoch: "k", head: head(), floor: 0, events };
      underWay.push(() => follower.polled(after, page));
    });
  };
  /** The wire is whole again, and everything that was on its way comes. */
  const settle = async () => {
    for (
      let round = 0;
      round < 5000 && (underWay.length || store.seq < head() || store.pendingCount);
      round++
    ) {
      if (!underWay.length) follower.connected();
      underWay.splice(below(underWay.length), 1)[0]?.();
      await Promise.resolve();
      await Promise.resolve();
      look();
    }
  };
  return { store, step, settle, problems, truth: () => cards };
}

describe("whatever comes in whatever order", () => {
  const seeds = Array.from({ length: 150 }, (_, index) => index + 1);
  test.each(seeds)("an own write never gives way to an older value (seed %i)", async (seed) => {
    const { store, step, settle, problems, truth } = world(seed);
    for (let count = 0; count < 200; count++) await step();
    await settle();
    expect(problems).toEqual([]);
    expect(store.pendingCount).toBe(0);
    expect(new Map([...store.cards()].map((card) => [card.id, card]))).toEqual(truth());
  });
});
