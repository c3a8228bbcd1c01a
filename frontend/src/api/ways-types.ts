import type { Reason, Way } from "./inbox-types";
import type { Language } from "./types";

/** Hours of the person's own clock, as "20:00:00"; days count from 1, Monday. */
export type Attention = {
  bundle_minutes: number;
  quiet_from: string | null;
  quiet_until: string | null;
  working_days: number[];
  urgent_in_quiet: boolean;
  digest: "off" | "daily" | "weekly";
  digest_at: string;
  digest_day: number;
  next_digest: string | null;
};
export type DeliveryWay = "mail" | "push" | "chat" | "webhook";
export type DeliveryState = "waiting" | "sent" | "failed" | "dropped";
export type DeliveryKind = "news" | "digest" | "test";
/** What somebody was told in the last 30 days: news by reason and way, and in how many messages. */
export type Lately = {
  news: { reason: Reason; way: Way; count: number }[];
  messages: { way: DeliveryWay; kind: DeliveryKind; count: number }[];
};
export type BrowserRow = { id: number; agent: string; endpoint: string; created_at: string };
export type Browsers = { public_key: string; items: BrowserRow[] };
export type HookKind = "feishu" | "dingtalk" | "wecom" | "slack" | "teams" | "webhook";
/** Of the address only the host is ever shown again. */
export type Hook = {
  id: number;
  kind: HookKind;
  name: string;
  scope: string;
  language: Language;
  is_on: boolean;
  owner: number;
  host: string;
  has_secret: boolean;
  failures: number;
  error: string;
  rests_until: string | null;
  last_sent: string | null;
};
export type Delivery = {
  id: string;
  way: DeliveryWay;
  kind: DeliveryKind;
  state: DeliveryState;
  recipient: number | null;
  hook: number | null;
  name: string;
  news: number;
  attempts: number;
  error: string;
  created_at: string;
  due_at: string;
  sent_at: string | null;
  can: "replay"[];
};
export type Deliveries = { items: Delivery[]; next: string | null };

export type Queue = {
  name: string;
  waiting: number;
  running: number;
  later: number;
  failed: number;
  oldest: string | null;
};
export type Worker = { name: string; started_at: string; seen_at: string };
export type Schedule = {
  name: string;
  rule: string;
  last_run: string | null;
  next_run: string;
  outcome: "" | "waiting" | "running" | "done" | "failed";
};
export type Failure = {
  id: string;
  task: string;
  path: string;
  queue: string;
  tries: number;
  at: string | null;
  error: string;
  trace: string;
};
export type Stumble = {
  id: number;
  follower: string;
  event: string;
  type: string;
  at: string;
  error: string;
  trace: string;
};
export type BackgroundWork = {
  queues: Queue[];
  workers: Worker[];
  schedules: Schedule[];
  failures: Failure[];
  stumbles: Stumble[];
};
