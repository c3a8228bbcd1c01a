import { ApiError } from "../api/errors";
import type { AnyFollower, EventPage } from "./stream-follower";

type Options = {
  followers: () => Iterable<AnyFollower>;
  read: (path: string) => Promise<EventPage<never>>;
  /** After every round: whether the server answered. */
  onRound: (isReachable: boolean) => void;
  isSeen?: () => boolean;
};

export const EVERY_MS = 4000;
/** A tab that nobody looks at asks less often. */
const UNSEEN_MS = 30_000;
/** Pages of one stream in one round; the next round goes on. */
const MOST_PAGES = 20;

/** Where no socket can be had, asks every few seconds what has happened in the followed streams. */
export class Poller {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private run = 0;

  constructor(private readonly options: Options) {}

  get isRunning() {
    return this.run > 0 && this.timer !== undefined;
  }

  start() {
    if (this.isRunning) return;
    this.run += 1;
    this.plan(this.run, 0);
  }

  stop() {
    this.run += 1;
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  private plan(run: number, wait: number) {
    this.timer = setTimeout(() => void this.round(run), wait);
  }

  private async round(run: number) {
    let isReachable = true;
    for (const follower of [...this.options.followers()])
      isReachable = (await this.catchUp(follower, run)) && isReachable;
    if (run !== this.run) return;
    const { onRound, isSeen = () => document.visibilityState === "visible" } = this.options;
    this.plan(run, isSeen() ? EVERY_MS : UNSEEN_MS);
    onRound(isReachable);
  }

  /** False when there was no answer. */
  private async catchUp(follower: AnyFollower, run: number): Promise<boolean> {
    try {
      for (let pages = 0; pages < MOST_PAGES && follower.hasStart && run === this.run; pages++) {
        const after = follower.position;
        const page = await this.options.read(`${addressOf(follower.stream)}/events?after=${after}`);
        if (run !== this.run || !follower.polled(after, page)) break;
      }
      return true;
    } catch (error) {
      if (error instanceof ApiError && error.status === 404 && run === this.run) follower.gone();
      return error instanceof ApiError && error.status < 500;
    }
  }
}

/** Where a stream's story is read over HTTP. */
export function addressOf(stream: string): string {
  const [kind, id] = stream.split(":");
  if (kind === "project") return `/projects/${id}`;
  if (kind === "account") return `/accounts/${id}`;
  return kind === "user" ? "/me" : `/${kind}`;
}
