import { call, csrfToken, get } from "../api/client";
import { ApiError } from "../api/errors";
import type { ProjectEvent } from "../api/events";
import type { Me } from "../api/types";
import { Observable } from "../observable";
import type { BoardSet } from "./board-set";
import type { BoardStore } from "./board-store";
import { boards } from "./boards";
import { commandsOf } from "./command-storage";
import { Connection, SUBPROTOCOL } from "./connection";
import { forgetDeed } from "./deeds";
import { InboxSource } from "./inbox";
import { asOf, notAsOf } from "./kept";
import { type Command, Outbox } from "./outbox";
import { samePerson } from "./same-person";
import { confirmSession, isSignedIn, session, whenSomebodyElse } from "./session";
import { StreamFollower } from "./stream-follower";
import { openTab } from "./tabs";
import { WorkspaceSource } from "./workspace";

/** Told to the person as it happens: a change that was shown and had to be taken back. */
export type Refusal = { command: Command; error: ApiError };
export const lastRefusal = new Observable<Refusal | null>(null);
/** All of them, oldest first: several may come at once, after a time without a connection. */
export const refusals = new Observable<readonly Refusal[]>([]);

function noteRefusal(refusal: Refusal) {
  lastRefusal.set(refusal);
  refusals.set([...refusals.get(), refusal]);
}

export const SOCKET_PATH = "/ws/live/";
const socketUrl = () => `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}${SOCKET_PATH}`;
/** A socket of its own, to try whether there can be one. */
export const openSocket = () => new WebSocket(socketUrl(), SUBPROTOCOL);

export const connection: Connection = new Connection({
  url: socketUrl,
  onSignedOut: () => {
    connection.stop();
    session.set({ state: "out" });
  },
  read: get,
});

const workspaceCopy = new WorkspaceSource();
const workspaceFollower = new StreamFollower(workspaceCopy, { subscribe: connection.subscribe });
let loading: Promise<void> | null = null;

export const workspaceSource = {
  load() {
    loading ??= workspaceCopy.start().catch(() => {
      loading = null;
    });
    return loading;
  },
};

export let outbox: Outbox | null = null;
let startedFor: number | null = null;
let hasStartedOffline = false;
let mustLoadWorkspace = false;
/** How often it is looked whether another tab has gone and left something unsent. */
const ADOPT_EVERY_MS = 10_000;

/** Somebody is signed in: the socket opens, and what an earlier page left unsent goes out. */
export async function startFollowing(me: number) {
  if (startedFor !== null && startedFor !== me) return location.reload(); // nothing of the last person may stay behind
  await workspaceSource.load();
  connection.start();
  if (startedFor === me) return;
  startedFor = me;
  connection.follow(workspaceFollower);
  followInbox(me);
  hasStartedOffline = asOf.get() !== null;
  mustLoadWorkspace = hasStartedOffline || !workspaceCopy.epoch;
  connection.state.subscribe(noteContact);
  asOf.subscribe(noteContact);
  const own = outboxOf(me);
  outbox = own;
  whenSomebodyElse(leave);
  boards.askForUnsent((stream) => own.unsentOn(stream));
  const adopt = async () => boards.takeUp(await own.adopt());
  setInterval(() => void adopt(), ADOPT_EVERY_MS);
  await adopt();
}

/** A person's own stream begins wherever it stands: what came before is in the inbox. */
function followInbox(me: number) {
  const follower = new StreamFollower(new InboxSource(me), { subscribe: connection.subscribe });
  connection.follow(follower);
  void Promise.resolve(follower.resync("gap")).catch(() => {});
}

/** Since when there has been no contact; and what has to be asked anew after a start from what was kept. */
function noteContact() {
  const state = connection.state.get();
  if (state === "offline") return notAsOf(Date.now());
  if (state === "connecting") return;
  if (hasStartedOffline) {
    hasStartedOffline = false;
    void confirmSession().catch(() => {});
  }
  if (mustLoadWorkspace) {
    mustLoadWorkspace = false;
    void workspaceFollower.resync("access");
  }
  asOf.set(null);
}

function outboxOf(me: number) {
  const otherTabs = new BroadcastChannel(`accord.refusals.${me}`);
  otherTabs.onmessage = ({ data: { command, status, body } }) =>
    noteRefusal({ command, error: new ApiError(status, body) });
  const ask = async () => (await get<Me>("/me")).id;
  const isMe = samePerson(me, { token: csrfToken, isSignedIn, ask });
  return new Outbox({
    call,
    storage: commandsOf(me),
    destination: boards.byStream,
    tabs: openTab(),
    maySend: async () => {
      const may = await isMe();
      if (!may) leave();
      return may;
    },
    onUnchanged: ({ commandId }) => forgetDeed(commandId),
    onRefused: (command, error) => {
      forgetDeed(command.commandId);
      noteRefusal({ command, error });
      const { status, code, message, field, detail } = error;
      otherTabs.postMessage({ command, status, body: { code, message, field, detail } });
    },
  });
}

/** Somebody else uses this browser now, or nobody: what this page has in its memory goes with it. */
function leave() {
  outbox?.stop();
  connection.stop();
  location.reload();
}

/** Keeps a board in step while it is looked at; gives back how to stop. */
export function followBoard(store: BoardStore) {
  const follower = new StreamFollower(store, { subscribe: connection.subscribe });
  takeCare(store, follower);
  connection.follow(follower);
  return { follower, stop: () => connection.unfollow(follower) };
}

/** Keeps a board in step together with the others of its set: what moves from one to another is never on both, nor on none. */
export function followIn(set: BoardSet, store: BoardStore) {
  const follower = new StreamFollower(store, { subscribe: connection.subscribe, gate: set.gate });
  takeCare(store, follower);
  connection.follow(follower);
  return follower;
}

function takeCare(store: BoardStore, follower: StreamFollower<ProjectEvent>) {
  store.onAccessChanged = () => void follower.resync("access");
  store.sendAgain = (commandId) => outbox?.sendAgain(commandId) ?? false;
}
