import type { HistoryEvent, ProjectBody } from "../api/events";
import type { ChecklistItem, Comment, Task, TaskFile } from "../api/types";

/** All that the sheet of a card shows. */
export type Details = { task: Task; comments: Comment[]; files: TaskFile[]; history: HistoryEvent[] };
/** Who did something, and when: for what events don't repeat. */
export type Happening = { actor: number | null; at: string };

/** Served to look at; everything else is served to be saved. */
const IMAGES = new Set(["image/png", "image/jpeg", "image/gif", "image/webp"]);

/**
 * What an event changes in the full view of the card that it is about, besides its history. Pure; prediction,
 * confirmation and other people's changes all come through here, and applying an event twice does no harm.
 */
export function reduceDetails(details: Details, event: Happening & { body: ProjectBody }): Details {
  const { actor, at, body } = event;
  const { task, comments, files } = details;
  const withTask = (change: Partial<Task>): Details => ({ ...details, task: { ...task, ...change } });
  switch (body.type) {
    case "task.changed": {
      const { type: _type, id: _id, ...change } = body;
      return withTask({ ...change, updated_at: at });
    }
    case "task.moved": {
      const { type: _type, id: _id, entered_at = task.entered_at, ...change } = body;
      return withTask({ ...change, entered_at: entered_at ?? task.entered_at, updated_at: at });
    }
    case "task.archived":
      return withTask({ archived_at: at, version: body.version });
    case "task.created":
    case "task.restored":
    case "task.arrived":
      return withTask({ ...body.task, archived_at: null });
    case "column.reranked":
      return withTask({ rank: body.ranks[task.id] ?? task.rank });
    case "checklist.changed":
      return withTask({
        checklist: withItem(task.checklist, body.item),
        checklist_total: body.total,
        checklist_done: body.done,
        version: body.version,
      });
    case "checklist.removed":
      return withTask({
        checklist: task.checklist.filter(({ id }) => id !== body.item),
        checklist_total: body.total,
        checklist_done: body.done,
        version: body.version,
      });
    case "watcher.added":
      return withTask({ watchers: [...new Set([...task.watchers, body.person])] });
    case "watcher.removed":
      return withTask({ watchers: task.watchers.filter((id) => id !== body.person) });
    case "comment.added": {
      const { type: _type, comments: _count, ...comment } = body;
      return { ...details, comments: withComment(comments, { ...comment, edited_at: null, reactions: [] }) };
    }
    case "comment.changed": {
      const { id, body: words, mentions, edited_at } = body;
      const change = { body: words, mentions, edited_at };
      return { ...details, comments: comments.map((one) => (one.id === id ? { ...one, ...change } : one)) };
    }
    case "comment.removed":
      return { ...details, comments: comments.filter(({ id }) => id !== body.id) };
    case "reaction.added":
    case "reaction.removed": {
      const { comment, person, sign } = body;
      const isAdded = body.type === "reaction.added";
      const react = (one: Comment): Comment => {
        const others = one.reactions.filter((given) => given.person !== person || given.sign !== sign);
        return { ...one, reactions: isAdded ? [...others, { person, sign }] : others };
      };
      return { ...details, comments: comments.map((one) => (one.id === comment ? react(one) : one)) };
    }
    case "handover.asked": {
      const { id, to_function, note, answer_by, asked_by, asked_at } = body;
      return withTask({ handover: { id, to_function, note, answer_by, asked_by, asked_at } });
    }
    case "handover.accepted":
    case "handover.returned":
    case "handover.withdrawn":
      return withTask({ handover: null });
    case "file.added": {
      const { id, name, size, media_type } = body;
      const file: TaskFile = {
        id,
        task: task.id,
        name,
        size,
        type: media_type,
        uploaded_by: actor,
        created_at: at,
        is_image: IMAGES.has(media_type),
        url: `/api/v1/files/${id}`,
      };
      return { ...details, files: [...files.filter((one) => one.id !== id), file] };
    }
    case "file.removed":
      return { ...details, files: files.filter(({ id }) => id !== body.id) };
    // The sheet asks which cards they are: not everybody who hears of a relation sees the other card.
    case "relation.added":
    case "relation.removed":
    case "task.deleted":
    case "task.left":
    case "announcement.published":
    case "announcement.read":
    case "announcement.removed":
    case "project.created":
    case "project.changed":
    case "project.deleted":
    case "access.changed":
      return details;
    default:
      return body satisfies never;
  }
}

function withItem(items: ChecklistItem[], item: ChecklistItem): ChecklistItem[] {
  return [...items.filter(({ id }) => id !== item.id), item].sort((a, b) =>
    a.position === b.position ? a.id - b.id : a.position < b.position ? -1 : 1,
  );
}

/** Comments of this browser's own that aren't confirmed have negative ids, and are the newest. */
function withComment(comments: Comment[], comment: Comment): Comment[] {
  const known = comments.some(({ id }) => id === comment.id);
  const again = (one: Comment) => ({ ...comment, reactions: one.reactions, edited_at: one.edited_at });
  return known ? comments.map((one) => (one.id === comment.id ? again(one) : one)) : [...comments, comment];
}
