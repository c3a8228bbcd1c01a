import { Observable } from "../observable";
import { fullJitter } from "./back-off";
import type { ResyncReason } from "./follower";
import { Poller } from "./poller";
import type { AnyFollower, EventFrame, EventPage } from "./stream-follower";

export type PresenceEntry = { person: number; task?: number | null; field?: string | null };
type Frame =
  | { t: "sub_ok"; id: number; stream: string; epoch: string; head: number }
  | EventFrame<never>
  | { t: "resync"; stream: string; reason: ResyncReason }
  | { t: "gone"; stream: string }
  | { t: "hb"; heads: Record<string, number> }
  | { t: "presence"; stream: string; people: (PresenceEntry | number)[] }
  | { t: "error"; id: number | null; code: string };

export const SUBPROTOCOL = "accord.v1";
const CLOSED = { signedOut: 4401, wrongOrigin: 4403, restart: 1012, silent: 1006 };
/** Without any frame for this long (heartbeats come every 25 s ± 20 %) the line is dead, whatever the socket says. */
export const SILENCE_MS = 40_000;

type Options = {
  url: () => string;
  onSignedOut: () => void;
  /** Asks over HTTP for what happened, where no socket can be had. */
  read: (path: string) => Promise<EventPage<never>>;
  open?: (url: string) => WebSocket;
};
/** After so many failures in a row it is asked over HTTP, while the socket is tried further. */
const FAILURES_BEFORE_POLLING = 3;
/** A server answers a new socket at once; what lies in between may let it open and then hold everything back. */
const FIRST_FRAME_MS = 10_000;
/** A socket that has lasted so long was a good one: how often others failed before it doesn't count. */
const STEADY_MS = 5000;

/** Below what a server takes from one socket (`boards/live/limits.py`): who follows forty boards has much to say at once. */
export const SENT_AT_ONCE = 35;
const SENT_A_SECOND = 15;

/** `slow`: no socket, but the server answers when asked. */
export type SocketState = "connecting" | "open" | "slow" | "offline";

/** The one socket of this tab. Followers of many streams share it; nothing is ever changed over it. */
export class Connection {
  readonly state = new Observable<SocketState>("connecting");
  private socket: WebSocket | null = null;
  private readonly followers = new Map<string, AnyFollower>();
  private readonly presence = new Map<string, Observable<PresenceEntry[]>>();
  private readonly poller: Poller;
  private failures = 0;
  private steadyFrom = 0;
  private lastId = 0;
  private readonly unsent: string[] = [];
  private mayBeSent = SENT_AT_ONCE;
  private sentAt = 0;
  private sending: ReturnType<typeof setTimeout> | undefined;
  private silence: ReturnType<typeof setTimeout> | undefined;
  private retry: ReturnType<typeof setTimeout> | undefined;
  private isStopped = true;

  constructor(private readonly options: Options) {
    this.poller = new Poller({
      followers: () => this.followers.values(),
      read: options.read,
      onRound: this.polled,
    });
  }

  start() {
    if (!this.isStopped) return;
    this.isStopped = false;
    addEventListener("online", this.tryNow);
    addEventListener("offline", this.lost);
    this.connect();
  }

  stop() {
    this.isStopped = true;
    removeEventListener("online", this.tryNow);
    removeEventListener("offline", this.lost);
    this.poller.stop();
    this.failures = 0;
    this.lost();
  }

  follow(follower: AnyFollower) {
    this.followers.set(follower.stream, follower);
    if (this.state.get() === "open") follower.connected();
  }

  unfollow(follower: AnyFollower) {
    const { stream } = follower;
    follower.stop();
    if (this.followers.get(stream) !== follower) return; // somebody else follows it by now
    this.followers.delete(stream);
    this.presence.delete(stream);
    this.send({ t: "unsub", stream });
  }

  subscribe = (stream: string, epoch: string, after: number) => {
    this.lastId += 1;
    this.send({ t: "sub", id: this.lastId, stream, epoch, after });
  };

  /** "I am looking at this": a claim that expires, to be repeated. */
  here(stream: string, task: number | null, field: string | null = null) {
    this.send({ t: "here", stream, task, field });
  }

  presenceOn(stream: string) {
    const known = this.presence.get(stream) ?? new Observable<PresenceEntry[]>([]);
    this.presence.set(stream, known);
    return known;
  }

  private connect() {
    clearTimeout(this.retry);
    this.drop(); // one that is open and has said nothing yet is given up
    const { url, open = (address) => new WebSocket(address, SUBPROTOCOL) } = this.options;
    const socket = open(url());
    this.socket = socket;
    socket.onopen = () => {
      if (this.socket !== socket) return;
      this.steadyFrom = Date.now() + STEADY_MS;
      if (!this.poller.isRunning) this.state.set("open");
      this.listenForSilence(this.followers.size ? FIRST_FRAME_MS : SILENCE_MS);
      for (const follower of this.followers.values()) follower.connected();
    };
    socket.onmessage = ({ data }) => {
      if (this.socket !== socket) return;
      if (Date.now() >= this.steadyFrom) this.failures = 0;
      this.poller.stop();
      this.state.set("open");
      this.listenForSilence();
      this.handle(JSON.parse(data) as Frame);
    };
    socket.onclose = ({ code }) => {
      if (this.socket === socket) this.ended(code);
    };
  }

  private ended(code: number) {
    this.lost();
    if (this.isStopped || code === CLOSED.wrongOrigin) return;
    if (code === CLOSED.signedOut) return this.options.onSignedOut();
    // After a restart everybody comes back at once unless they spread out.
    const wait = code === CLOSED.restart && !this.failures ? Math.random() * 5000 : fullJitter(this.failures);
    this.failures += 1;
    if (this.failures >= FAILURES_BEFORE_POLLING && navigator.onLine) this.poller.start();
    this.retry = setTimeout(() => this.connect(), wait);
  }

  private handle(frame: Frame) {
    if (frame.t === "hb") {
      for (const [stream, head] of Object.entries(frame.heads)) this.followers.get(stream)?.heartbeat(head);
      return this.send({ t: "pong" });
    }
    if (frame.t === "error") return console.warn(`The live connection was refused something: ${frame.code}`);
    const follower = this.followers.get(frame.stream);
    if (!follower) return;
    if (frame.t === "sub_ok") follower.subscribed(frame);
    else if (frame.t === "ev") follower.received(frame);
    else if (frame.t === "resync") void follower.resync(frame.reason);
    else if (frame.t === "gone") follower.gone();
    else if (frame.t === "presence") this.presenceOn(frame.stream).set(frame.people.map(asEntry));
  }

  private send(message: Record<string, unknown>) {
    if (this.socket?.readyState !== 1) return;
    this.unsent.push(JSON.stringify(message));
    this.sendSome();
  }

  /** As many as the server takes now; the others in their order, a moment later. */
  private sendSome() {
    clearTimeout(this.sending);
    const now = Date.now();
    const earned = ((now - this.sentAt) / 1000) * SENT_A_SECOND;
    this.mayBeSent = Math.min(SENT_AT_ONCE, this.mayBeSent + earned);
    this.sentAt = now;
    for (const text of this.unsent.splice(0, Math.floor(this.mayBeSent))) {
      this.mayBeSent -= 1;
      this.socket?.send(text);
    }
    if (this.unsent.length > 0) this.sending = setTimeout(() => this.sendSome(), 1000 / SENT_A_SECOND);
  }

  private listenForSilence(patience = SILENCE_MS) {
    clearTimeout(this.silence);
    // Not by closing it and waiting: on a dead line nobody answers that either.
    this.silence = setTimeout(() => this.ended(CLOSED.silent), patience);
  }

  private readonly tryNow = () => {
    if (this.socket?.readyState !== 0 && this.state.get() !== "open") this.connect();
  };

  /** Where the server has just come back, the socket is tried at once. */
  private readonly polled = (isReachable: boolean) => {
    const wasUnreachable = this.state.get() === "offline" && this.failures > FAILURES_BEFORE_POLLING;
    if (this.state.get() !== "open") this.state.set(isReachable ? "slow" : "offline");
    if (isReachable && wasUnreachable) this.tryNow();
  };

  private drop() {
    const socket = this.socket;
    this.socket = null;
    socket?.close();
    clearTimeout(this.sending);
    this.unsent.length = 0;
    this.mayBeSent = SENT_AT_ONCE;
  }

  private readonly lost = () => {
    clearTimeout(this.silence);
    clearTimeout(this.retry);
    this.drop();
    // While it is asked over HTTP, an attempt that failed changes nothing about what is shown.
    if (!this.poller.isRunning) {
      this.state.set("offline");
      for (const follower of this.followers.values()) follower.disconnected();
    }
    for (const people of this.presence.values()) people.set([]);
  };
}

const asEntry = (entry: PresenceEntry | number): PresenceEntry =>
  typeof entry === "number" ? { person: entry } : entry;
