import { get } from "../api/client";
import { ApiError } from "../api/errors";
import type { ProjectBody, ProjectEvent } from "../api/events";
import type { BoardRef, BoardSnapshot, ManyBoards, TaskRow } from "../api/types";
import { Observable } from "../observable";
import { BoardSet } from "./board-set";
import { BoardStore } from "./board-store";
import { boards, ownId } from "./boards";
import { inOneStep } from "./one-step";
import type { StreamFollower } from "./stream-follower";
import { connection, followIn } from "./streams";
import { workspace } from "./workspace";

/** A socket carries fifty streams; some are left to the rest of the page. */
export const MOST_LIVE = 40;
/** Being here is said to so many of them: each takes a second, and what was said holds for half a minute. */
const MOST_MET = 10;
/** How often it is asked what is in none of the streams that are followed: other initiatives, and new ones. */
const ASK_EVERY_MS = 30_000;

export type ManyPhase = "loading" | "ready" | "missing" | "failed" | "too_many";

/** Whose cards a board over several initiatives shows. */
export function belongsTo(
  reference: BoardRef,
): (card: Pick<TaskRow, "function" | "waits" | "owner" | "assignees">) => boolean {
  const [kind, ref] = reference.split(":");
  const id = Number(ref);
  if (kind === "account") return () => true;
  if (kind === "function") return (card) => card.function === id || card.waits?.function === id;
  const isOne = (person: number) =>
    kind === "mine"
      ? person === ownId()
      : (workspace.get()?.teams.get(id)?.members.includes(person) ?? false);
  return ({ owner, assignees }) => (owner !== null && isOne(owner)) || assignees.some(isOne);
}

/**
 * A board over several initiatives: a copy of its part of each, kept in step with that initiative's stream. What no
 * followed stream tells is asked for from time to time; of that the server says at once when nothing has changed.
 */
export class ManyBoardsSource {
  readonly set = new BoardSet();
  readonly phase = new Observable<ManyPhase>("loading");
  /** How many initiatives there are, and how many of them are followed. */
  readonly counts = new Observable({ total: 0, live: 0 });
  /** The streams in which those meet who look at this board; one's own work is nobody else's board. */
  readonly met = new Observable<readonly string[]>([]);
  private readonly parts = new Map<number, Part>();
  private readonly isIn: ReturnType<typeof belongsTo>;
  private timer: ReturnType<typeof setInterval> | undefined;

  constructor(readonly reference: BoardRef) {
    this.isIn = belongsTo(reference);
  }

  start() {
    void this.ask();
    this.timer = setInterval(() => void this.ask(), ASK_EVERY_MS);
    return () => this.stop();
  }

  private stop() {
    clearInterval(this.timer);
    for (const { store } of [...this.parts.values()]) this.drop(store);
  }

  async ask() {
    try {
      const answer = await get<ManyBoards>(`/boards/${this.reference}`);
      inOneStep(() => this.take(answer));
      this.phase.set("ready");
    } catch (error) {
      if (this.phase.get() === "ready") return;
      const status = error instanceof ApiError ? error.status : 0;
      this.phase.set(status === 404 ? "missing" : status === 422 ? "too_many" : "failed");
    }
  }

  private take(answer: ManyBoards) {
    const snapshots = snapshotsOf(answer);
    for (const { store } of [...this.parts.values()])
      if (!snapshots.has(store.projectId) && !this.hasCards(store)) this.drop(store);
    const largest = [...snapshots.values()].sort((a, b) => b.tasks.rows.length - a.tasks.rows.length);
    for (const snapshot of largest) {
      const known = this.parts.get(snapshot.project.id);
      if (known) known.compare(snapshot);
      else this.add(snapshot);
    }
    for (const part of this.parts.values())
      if (!part.isLive && this.liveCount < MOST_LIVE) part.follow(this.set);
    this.meet();
    this.counts.set({ total: this.parts.size, live: this.liveCount });
  }

  private meet() {
    const isOwn = this.reference === "mine";
    const live = isOwn ? [] : [...this.parts.values()].filter(({ isLive }) => isLive);
    const streams = live.slice(0, MOST_MET).map(({ store }) => store.stream);
    if (streams.join() !== this.met.get().join()) this.met.set(streams);
  }

  private get liveCount() {
    return [...this.parts.values()].filter(({ isLive }) => isLive).length;
  }

  private add(snapshot: BoardSnapshot) {
    const { id } = snapshot.project;
    const store = new BoardStore(id, () => this.fetchPart(id), ownId);
    store.load(snapshot);
    const part = new Part(store, (body) => this.mayEnter(body));
    this.parts.set(id, part);
    this.set.add(store);
  }

  private drop(store: BoardStore) {
    this.parts.get(store.projectId)?.close();
    this.parts.delete(store.projectId);
    this.set.remove(store);
  }

  private hasCards(store: BoardStore): boolean {
    for (const card of store.cards()) if (this.isIn(card)) return store.phase.get() !== "gone";
    return false;
  }

  private async fetchPart(id: number): Promise<BoardSnapshot> {
    const answer = await get<ManyBoards>(`/boards/${this.reference}?project=${id}`);
    const snapshot = snapshotsOf(answer).get(id);
    if (!snapshot) throw new ApiError(404, { code: "not_found" });
    return snapshot;
  }

  /** Whether an event about a card that isn't here may bring it in: it says only what changed. */
  private mayEnter(body: ProjectBody): boolean {
    if (body.type === "task.moved") return this.reference.startsWith("account");
    if (body.type !== "task.changed") return false;
    const { function: fn = null, waits = null, owner = null, assignees = [] } = body;
    return this.isIn({ function: fn, waits, owner, assignees });
  }
}

/** One initiative's part of the board. */
class Part {
  private follower: StreamFollower<ProjectEvent> | null = null;
  private readonly giveBack: () => void;

  constructor(
    readonly store: BoardStore,
    private readonly mayEnter: (body: ProjectBody) => boolean,
  ) {
    this.giveBack = boards.lend(store);
    store.steps.add(this.look);
  }

  get isLive() {
    return this.follower !== null;
  }

  follow(set: BoardSet) {
    this.follower = followIn(set, this.store);
  }

  /** Another answer: what isn't followed takes it over; what is, only asks anew when it lacks a card. */
  compare(snapshot: BoardSnapshot) {
    const { store } = this;
    if (!this.follower) {
      if (snapshot.seq !== store.seq || snapshot.epoch !== store.epoch) store.load(snapshot);
    } else if (snapshot.seq >= store.seq && lacksSome(store, snapshot)) void this.follower.resync("gap");
  }

  close() {
    this.store.steps.delete(this.look);
    if (this.follower) connection.unfollow(this.follower);
    this.giveBack();
  }

  private readonly look: Parameters<BoardStore["steps"]["add"]>[0] = (step) => {
    if (typeof step === "string" || !this.follower) return;
    const isNew = ({ body }: ProjectEvent) =>
      "id" in body && !this.store.card(body.id ?? 0) && this.mayEnter(body);
    if (step.events.some(isNew)) void this.follower.resync("gap");
  };
}

function lacksSome(store: BoardStore, { tasks }: BoardSnapshot): boolean {
  const id = tasks.columns.indexOf("id");
  return tasks.rows.some((row) => !store.card(row[id] as number));
}

/** The answer cut into one snapshot for each initiative. Statuses come from the workspace. */
function snapshotsOf({ projects, tasks, recent, workspace_seq }: ManyBoards): Map<number, BoardSnapshot> {
  const columns = tasks.columns.slice(0, -1);
  const found = new Map<number, BoardSnapshot>();
  for (const { epoch, seq, project } of projects)
    found.set(project.id, {
      epoch,
      seq,
      workspace_seq,
      project,
      statuses: [],
      transitions: [],
      tasks: { columns, rows: [] },
      recent,
    });
  for (const row of tasks.rows) found.get(row.at(-1) as number)?.tasks.rows.push(row);
  return found;
}
