import type { Named, Page } from "./types";

/** Why somebody hears of something, most pressing first. */
export type Reason =
  | "mentioned"
  | "assigned"
  | "announced"
  | "handed"
  | "answered"
  | "owner"
  | "assignee"
  | "due"
  | "overdue"
  | "unanswered"
  | "blocks"
  | "lead"
  | "account_owner"
  | "access"
  | "starts"
  | "still"
  | "watching";
export type Shelf = "open" | "snoozed" | "done";
/** One piece of news: its event, as the stream told it. */
export type News = {
  id: number;
  reason: Reason;
  at: string;
  is_read: boolean;
  actor: number | null;
  body: { [key: string]: unknown } | null;
};
/** Everything new on one card or about one initiative; `items` are the newest of `total`, newest first. */
export type Bundle = {
  subject: string;
  reason: Reason;
  title: string;
  task: number | null;
  key: string | null;
  status: number | null;
  due: string | null;
  is_archived: boolean;
  is_muted: boolean;
  project: (Named & { id: number; key: string }) | null;
  account: (Named & { id: number; code: string }) | null;
  latest: string;
  unread: number;
  total: number;
  snoozed_until: string | null;
  items: News[];
};
export type InboxPage = Page<Bundle> & { unread: number };
export type Triage = { read?: boolean; done?: boolean; snoozed_until?: string };
export type Way = "inbox" | "mail" | "push" | "chat";
export type Choice = { reason: Reason; way: Way; scope: string; is_on: boolean };
/** `off`: what somebody is not told who chose nothing. */
export type Choices = {
  reasons: Reason[];
  ways: Way[];
  off: { reason: Reason; way: Way }[];
  choices: Choice[];
};
