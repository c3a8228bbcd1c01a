import { get } from "../api/client";
import type { HistoryEvent, ProjectEvent } from "../api/events";
import type { Comment, Page, Task, TaskFile } from "../api/types";
import { Observable } from "../observable";
import type { BoardStore, Step } from "./board-store";
import { asOf, dropKept, keep, readOrKept } from "./kept";
import { type Details, type Happening, reduceDetails } from "./reduce-details";
import { tasksIn } from "./reduce-task";

export type DetailsPhase = "loading" | "ready" | "gone" | "failed";

/**
 * One card in full, kept in step by the board it is on: what the server told, moved on by the board's events, and on top
 * of it the predictions that the board holds for this card.
 */
export class CardDetails {
  readonly phase = new Observable<DetailsPhase>("loading");
  /** What is to be shown; null until it has come. */
  readonly shown = new Observable<Details | null>(null);
  /** Where to read on in the history; null when all of it is here. */
  readonly older = new Observable<string | null>(null);
  private confirmed: Details | null = null;
  private meanwhile: ProjectEvent[] | null = null;

  constructor(
    private readonly store: BoardStore,
    readonly id: number,
    private readonly me: number,
  ) {}

  /** Begins to follow; gives back how to stop. */
  start(): () => void {
    this.store.steps.add(this.step);
    void this.load();
    return () => {
      this.store.steps.delete(this.step);
      this.keep();
    };
  }

  /** What was shown while there was no connection came from a copy: asks the server for what it is now. */
  connected() {
    void this.load();
  }

  /** Takes over what a request answered, where it is newer than what is here. */
  accept(task: Task) {
    if (!this.confirmed || task.version < this.confirmed.task.version) return;
    this.confirmed = { ...this.confirmed, task };
    this.show();
  }

  async loadOlder() {
    const cursor = this.older.get();
    if (!cursor || !this.confirmed) return;
    const page = await this.readHistory(cursor);
    this.confirmed = { ...this.confirmed, history: [...this.confirmed.history, ...page] };
    this.show();
  }

  /** What happens while the answers are on their way is kept, and applied on top of them: twice does no harm. */
  private async load() {
    this.meanwhile = [];
    try {
      this.confirmed = await readOrKept("card", String(this.id), () => this.read());
      for (const event of this.meanwhile ?? []) this.confirm(event);
      this.phase.set("ready");
      this.show();
    } catch {
      if (!this.confirmed) this.phase.set("failed");
    } finally {
      this.meanwhile = null;
    }
  }

  private async read(): Promise<Details> {
    const [task, comments, files, history] = await Promise.all([
      get<Task>(`/tasks/${this.id}`),
      this.readComments(),
      get<{ items: TaskFile[] }>(`/tasks/${this.id}/files`),
      this.readHistory(),
    ]);
    return { task, comments, files: files.items, history };
  }

  private async readComments(): Promise<Comment[]> {
    const comments: Comment[] = [];
    for (let cursor = ""; ; ) {
      const path = `/tasks/${this.id}/comments?limit=200${cursor && `&cursor=${cursor}`}`;
      const page = await get<Page<Comment>>(path);
      comments.push(...page.items);
      if (!page.next) return comments;
      cursor = encodeURIComponent(page.next);
    }
  }

  private async readHistory(cursor = ""): Promise<HistoryEvent[]> {
    const path = `/tasks/${this.id}/history?limit=100${cursor && `&cursor=${encodeURIComponent(cursor)}`}`;
    const page = await get<Page<HistoryEvent>>(path);
    this.older.set(page.next);
    return page.items;
  }

  private readonly step = (step: Step) => {
    if (step === "snapshot") return void this.load();
    if (step === "pending") return this.show();
    const own = step.events.filter(({ body }) => tasksIn(body).includes(this.id));
    if (own.length === 0) return;
    this.meanwhile?.push(...own);
    for (const event of own) this.confirm(event);
    this.show();
  };

  private confirm(event: ProjectEvent) {
    if (!this.confirmed) return;
    const { type } = event.body;
    if (type === "task.deleted" || type === "task.left") {
      void dropKept("card", String(this.id));
      return this.phase.set("gone");
    }
    const told = { ...event, stream: this.store.stream };
    const isTold = this.confirmed.history.some(
      ({ stream, seq }) => stream === told.stream && seq === told.seq,
    );
    const history =
      isTold || type === "column.reranked" ? this.confirmed.history : [told, ...this.confirmed.history];
    this.confirmed = { ...reduceDetails(this.confirmed, event), history };
  }

  /** The copy to be read without a connection, as new as what was shown last. */
  private keep() {
    if (this.confirmed && this.phase.get() === "ready" && asOf.get() === null)
      void keep("card", String(this.id), this.confirmed);
  }

  private show() {
    if (!this.confirmed) return;
    let shown = this.confirmed;
    const happening: Happening = { actor: this.me, at: new Date().toISOString() };
    for (const body of this.store.pendingOn(this.id)) shown = reduceDetails(shown, { ...happening, body });
    const row = this.store.card(this.id);
    this.shown.set(row ? { ...shown, task: { ...shown.task, ...row } } : shown);
  }
}
