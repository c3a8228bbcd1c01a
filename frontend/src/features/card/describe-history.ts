import type { HistoryEvent, ProjectBody } from "../../api/events";
import type { ChecklistItem, Sign, TaskRow } from "../../api/types";
import type { MoreKey } from "../../i18n/catalogue";
import { describeFields, type FieldLine } from "./describe-fields";

/** How ids, days and numbers are written for the reader. */
export type Names = {
  person: (id: number | null) => string;
  sign: (sign: Sign) => string;
  people: (ids: number[]) => string;
  status: (id: number) => string;
  function: (id: number) => string;
  labels: (ids: number[]) => string;
  card: (id: number) => string;
  cards: (ids: number[]) => string;
  priority: (priority: string) => string;
  day: (day: string) => string;
  hours: (hours: string) => string;
  /** How long it was from one moment to another. */
  lasting: (from: string, to: string) => string;
};
export type HistoryKey = Extract<MoreKey, `history.${string}`>;
export type Kind =
  | "create"
  | "move"
  | "word"
  | "person"
  | "day"
  | "tick"
  | "link"
  | "talk"
  | "file"
  | "watch"
  | "hand"
  | "away";
export type Line = {
  id: string;
  kind: Kind;
  key: HistoryKey;
  values: Record<string, string>;
  actor: number | null;
  at: string;
  /** It took back what the same person had done. */
  isUndo: boolean;
};

/** What was known of the card at some point of its story; less, where the beginning of the story isn't here. */
export type Known = {
  card: Partial<TaskRow>;
  items: Map<number, ChecklistItem>;
  files: Map<number, string>;
};

/** The story as sentences, newest first as it came. What a value was before is told from the events before it. */
export function describeHistory(events: HistoryEvent[], names: Names): Line[] {
  const known: Known = { card: {}, items: new Map(), files: new Map() };
  const lines: Line[] = [];
  const talks = new Set(
    events
      .filter(({ body }) => body.type === "comment.added" || body.type === "handover.asked")
      .map(({ tx }) => tx),
  );
  for (const event of events.toReversed()) {
    // Who speaks or asks watches from then on: told once is enough.
    const isEcho = event.body.type === "watcher.added" && talks.has(event.tx);
    const told = isEcho ? [] : describe(event, known, names);
    for (const [index, line] of told.entries())
      lines.push({
        ...line,
        id: `${event.stream}.${event.seq}.${index}`,
        actor: event.actor,
        at: event.at,
        isUndo: Boolean(event.undoes),
      });
    learn(event.body, known);
  }
  return lines.reverse();
}

type Told = FieldLine[];
const say = (kind: Kind, key: HistoryKey, values: Record<string, string> = {}): Told => [
  { kind, key, values },
];

function describeRemoved(
  { card }: Extract<ProjectBody, { type: "checklist.removed" }>,
  item: ChecklistItem | undefined,
  names: Names,
): Told {
  if (card === undefined)
    return item
      ? say("tick", "history.item_removed", { item: item.text })
      : say("tick", "history.some_item_removed");
  return item
    ? say("link", "history.item_became_card", { item: item.text, card: names.card(card) })
    : say("link", "history.some_item_became_card", { card: names.card(card) });
}

function describe({ body, actor, at }: HistoryEvent, known: Known, names: Names): Told {
  switch (body.type) {
    case "task.created":
      return say("create", "history.created");
    case "task.changed":
      // What a hand-over changes is told by its own sentence.
      return "waits" in body ? [] : describeFields(body, known.card, actor, names);
    case "task.moved": {
      const to = names.status(body.status);
      const from = known.card.status;
      if (from === body.status) return say("move", "history.moved_within", { to });
      if (from === undefined) return say("move", "history.moved_to", { to });
      return say("move", "history.moved", { from: names.status(from), to });
    }
    case "task.archived":
      return say("away", "history.archived");
    case "task.restored":
      return say("create", "history.restored");
    case "task.deleted":
      return say("away", "history.deleted");
    case "task.left":
      return say("away", "history.left");
    case "task.arrived":
      return say("move", "history.arrived", { from: body.from_key });
    case "checklist.changed":
      return describeItem(body, known);
    case "checklist.removed":
      return describeRemoved(body, known.items.get(body.item), names);
    case "comment.added":
      return say("talk", "history.commented");
    case "comment.changed":
      return say("talk", "history.comment_changed");
    case "comment.removed":
      return say("talk", "history.comment_removed");
    case "reaction.added":
      return say("talk", "history.reacted", { sign: names.sign(body.sign) });
    case "reaction.removed":
      return say("talk", "history.reaction_taken_back", { sign: names.sign(body.sign) });
    case "relation.added":
      return body.other === null
        ? say("link", "history.related_elsewhere")
        : say("link", "history.related", { card: names.card(body.other) });
    case "relation.removed":
      return body.other === null
        ? say("link", "history.related_elsewhere_no_more")
        : say("link", "history.related_no_more", { card: names.card(body.other) });
    case "watcher.added":
      return body.person === actor
        ? say("watch", "history.watches")
        : say("watch", "history.watcher_added", { person: names.person(body.person) });
    case "watcher.removed":
      return body.person === actor
        ? say("watch", "history.watches_no_more")
        : say("watch", "history.watcher_removed", { person: names.person(body.person) });
    case "handover.asked": {
      const asked = names.function(body.to_function ?? 0);
      return body.note
        ? say("hand", "history.hand_over_asked_with", { function: asked, note: body.note })
        : say("hand", "history.hand_over_asked", { function: asked });
    }
    case "handover.accepted":
      return say("hand", "history.hand_over_accepted", {
        function: names.function(body.to_function),
        waited: names.lasting(body.asked_at, at),
      });
    case "handover.returned":
      return say("hand", "history.hand_over_returned", {
        waited: names.lasting(body.asked_at, at),
        reason: body.reason,
      });
    case "handover.withdrawn":
      return say("hand", "history.hand_over_withdrawn", { function: names.function(body.to_function) });
    case "file.added":
      return say("file", "history.file_added", { file: body.name });
    case "file.removed": {
      const file = known.files.get(body.id);
      return file ? say("file", "history.file_removed", { file }) : say("file", "history.some_file_removed");
    }
    // The order of a column, the initiative itself and who may see it are no part of a card's story.
    case "column.reranked":
    case "announcement.published":
    case "announcement.read":
    case "announcement.removed":
    case "project.created":
    case "project.changed":
    case "project.deleted":
    case "access.changed":
      return [];
    default:
      return body satisfies never;
  }
}

function describeItem(body: Extract<ProjectBody, { type: "checklist.changed" }>, known: Known): Told {
  const { id, text, done } = body.item;
  const before = known.items.get(id);
  if (!before) {
    const isNew = known.card.checklist_total !== undefined && body.total > known.card.checklist_total;
    if (isNew) return say("tick", "history.item_added", { item: text });
    return say("tick", done ? "history.item_done" : "history.item_changed", { item: text });
  }
  if (before.done !== done)
    return say("tick", done ? "history.item_done" : "history.item_undone", { item: text });
  if (before.text !== text) return say("tick", "history.item_renamed", { from: before.text, item: text });
  return say("tick", "history.item_moved", { item: text });
}

function learn(body: ProjectBody, known: Known) {
  switch (body.type) {
    case "task.created":
    case "task.restored":
    case "task.arrived":
      known.card = { ...body.task };
      break;
    case "task.changed":
      known.card = { ...known.card, ...body };
      break;
    case "task.moved":
      known.card = { ...known.card, status: body.status };
      break;
    case "checklist.changed":
      known.items.set(body.item.id, body.item);
      known.card = { ...known.card, checklist_total: body.total };
      break;
    case "checklist.removed":
      known.items.delete(body.item);
      known.card = { ...known.card, checklist_total: body.total };
      break;
    case "file.added":
      known.files.set(body.id, body.name);
      break;
  }
}
