import type { Envelope } from "../api/events";

/** A local copy of a stream's story: what the follower keeps up to date. */
export interface Followed<Event extends Envelope<unknown>> {
  readonly stream: string;
  /** Which history the copy belongs to, and the last event it contains. */
  readonly epoch: string;
  readonly seq: number;
  /** Applies one transaction, all of it or nothing; false when it holds an event that this version doesn't know. */
  apply(events: Event[]): boolean;
  /** The story went on to `seq` without anything that this copy was given. */
  reached(seq: number): void;
  /** Fetches a fresh snapshot and takes its place in the story. */
  reload(reason: ResyncReason): Promise<void>;
  /** Deleted, forbidden or never there: nobody is told which. */
  gone(): void;
}
export type ResyncReason = "too_old" | "epoch" | "ahead" | "access" | "schema" | "overflow" | "gap";
