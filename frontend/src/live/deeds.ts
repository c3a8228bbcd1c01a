import type { ProjectBody } from "../api/events";
import type { TaskRow } from "../api/types";
import { Observable } from "../observable";
import type { Command } from "./outbox";
import { tasksIn } from "./reduce-task";

/** What was done, as far as words need it. */
export type DeedKind =
  | "create"
  | "move"
  | "change"
  | "archive"
  | "restore"
  | "delete"
  | "elsewhere"
  | "checklist"
  | "comment"
  | "file"
  | "watch"
  | "relation"
  | "handover"
  | "other";

/** Something that this person did in this tab and may take back. */
export type Deed = {
  commandId: string;
  kind: DeedKind;
  /** How many cards it was about, and the key and title of the only one. */
  count: number;
  key: string;
  title: string;
  /** For each board the events that make things as they were; none where this tab doesn't know. */
  opposites: readonly Opposites[];
  /** What was sent. */
  command?: Command;
  /** It was taken back before it had left: to do it again is to send it after all. */
  isDropped?: boolean;
};
export type Opposites = { stream: string; bodies: readonly ProjectBody[] };

/** What has just happened to a deed, to be said: it was done, undone, or done again. */
export type Said = { verb: "did" | "undid" | "redid"; deed: Deed; at: number };

/** More than anybody steps back. */
const MOST = 100;

/** What was done in this tab, newest last: what can be undone, and what was undone and can be done again. */
export const undoable = new Observable<readonly Deed[]>([]);
export const redoable = new Observable<readonly Deed[]>([]);
export const said = new Observable<Said | null>(null);

export const push = (stack: Observable<readonly Deed[]>, deed: Deed) =>
  stack.set([...stack.get(), deed].slice(-MOST));

export function pop(stack: Observable<readonly Deed[]>): Deed | undefined {
  const deed = stack.get().at(-1);
  if (deed) stack.set(stack.get().slice(0, -1));
  return deed;
}

/** Something new was done: what had been undone before it can't be done again. */
export function noteDeed(deed: Deed) {
  push(undoable, deed);
  if (redoable.get().length) redoable.set([]);
  if (isWorthSaying(deed)) said.set({ verb: "did", deed, at: Date.now() });
}

/** A refused command was taken back already, and one that changed nothing leaves nothing to take back. */
export function forgetDeed(commandId: string) {
  for (const stack of [undoable, redoable])
    if (stack.get().some((deed) => deed.commandId === commandId))
      stack.set(stack.get().filter((deed) => deed.commandId !== commandId));
  if (said.get()?.deed.commandId === commandId) said.set(null);
}

/** What is seen on the card itself needs no words; what takes cards away or touches many offers its way back. */
function isWorthSaying({ kind, count }: Deed): boolean {
  return count > 1 || kind === "archive" || kind === "delete" || kind === "elsewhere";
}

/** What a command of the board does, by what is predicted of it. */
export function kindOf(type: string): DeedKind {
  if (type === "task.left" || type === "task.arrived") return "elsewhere";
  const [thing, what] = type.split(".");
  if (thing === "task") return KINDS[what ?? ""] ?? "other";
  return PARTS[thing ?? ""] ?? "other";
}
/** What belongs to a card. */
const PARTS: Record<string, DeedKind> = {
  checklist: "checklist",
  comment: "comment",
  file: "file",
  watcher: "watch",
  relation: "relation",
  handover: "handover",
};
const KINDS: Record<string, DeedKind> = {
  created: "create",
  changed: "change",
  moved: "move",
  archived: "archive",
  restored: "restore",
  deleted: "delete",
};

/** The event that makes a card as it is now, after `body` will have changed it. */
export function oppositeOf(body: ProjectBody, card: TaskRow | undefined): ProjectBody {
  return (
    backFrom(body, card) ?? { type: "task.changed", id: tasksIn(body)[0] ?? 0, version: card?.version ?? 0 }
  );
}

/** Null where only the server knows the way back: then nothing is shown until it has told. */
function backFrom(body: ProjectBody, card: TaskRow | undefined): ProjectBody | null {
  switch (body.type) {
    case "task.created":
      return { type: "task.deleted", id: body.id };
    case "task.restored":
      return { type: "task.archived", id: body.id, version: body.task.version };
    case "task.archived":
    case "task.deleted":
      return card ? { type: "task.restored", id: body.id, task: card } : null;
    case "task.moved":
      if (!card) return null;
      return {
        type: "task.moved",
        id: body.id,
        version: card.version,
        status: card.status,
        rank: card.rank,
        entered_at: card.entered_at,
      };
    case "task.changed": {
      if (!card) return null;
      const fields = Object.keys(body).filter((name) => name in card);
      const former = Object.fromEntries(fields.map((name) => [name, card[name as keyof TaskRow]]));
      return { ...former, type: "task.changed", id: body.id, version: card.version };
    }
    default:
      return null;
  }
}
