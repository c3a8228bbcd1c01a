import { get } from "../api/client";
import type { Envelope } from "../api/events";
import { Observable } from "../observable";
import type { Followed } from "./follower";

/** How many cards have news that this person has not read. */
export const unread = new Observable(0);
/** Grows whenever the inbox has changed, for those who show it. */
export const inboxRevision = new Observable(0);

/** News that comes in a moment is asked for once. */
const TOGETHER_MS = 300;

type OwnEvent = Envelope<{ type: string }>;

/**
 * The person's own stream. It says that the inbox has changed and not how: what came may be hidden again by the time it
 * is looked at, so it is asked for.
 */
export class InboxSource implements Followed<OwnEvent> {
  readonly stream: string;
  epoch = "";
  seq = 0;
  private waiting: ReturnType<typeof setTimeout> | null = null;

  constructor(me: number) {
    this.stream = `user:${me}`;
  }

  async reload() {
    // After the end of the story there is nothing: the answer says where that is.
    const page = await get<{ epoch: string; head: number }>(`/me/events?after=${Number.MAX_SAFE_INTEGER}`);
    this.epoch = page.epoch;
    this.seq = page.head;
    await this.ask();
  }

  apply(events: OwnEvent[]) {
    this.seq = events.at(-1)?.seq ?? this.seq;
    if (events.some(({ body }) => body.type === "inbox.changed")) this.soon();
    return true;
  }

  reached(seq: number) {
    this.seq = seq;
  }
  gone() {}

  private soon() {
    this.waiting ??= setTimeout(() => {
      this.waiting = null;
      void this.ask().catch(() => {});
    }, TOGETHER_MS);
  }

  private async ask() {
    tellUnread((await get<{ unread: number }>("/inbox/unread")).unread);
  }
}

/** What an answer about the inbox said. */
export function tellUnread(count: number) {
  unread.set(count);
  inboxRevision.set(inboxRevision.get() + 1);
}
