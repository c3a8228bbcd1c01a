import type { ProjectBody } from "../api/events";
import type { TaskRow } from "../api/types";

const NONE: readonly number[] = [];

/** The cards that an event is about. */
export function tasksIn(body: ProjectBody): readonly number[] {
  switch (body.type) {
    case "task.created":
    case "task.changed":
    case "task.moved":
    case "task.archived":
    case "task.restored":
    case "task.deleted":
    case "task.left":
    case "task.arrived":
      return [body.id];
    case "column.reranked":
      return Object.keys(body.ranks).map(Number);
    case "checklist.changed":
    case "checklist.removed":
    case "comment.added":
    case "comment.changed":
    case "comment.removed":
    case "reaction.added":
    case "reaction.removed":
    case "relation.added":
    case "relation.removed":
    case "watcher.added":
    case "watcher.removed":
    case "handover.asked":
    case "handover.accepted":
    case "handover.returned":
    case "handover.withdrawn":
    case "file.added":
    case "file.removed":
      return [body.task];
    default:
      return NONE;
  }
}

/**
 * The one place where an event changes a card: prediction, confirmation and other people's changes all come through
 * here. Pure, and harmless when applied twice, since every event carries new values. Undefined is a card that the
 * board doesn't show. Never changes `task` itself.
 */
export function reduceTask(task: TaskRow | undefined, id: number, body: ProjectBody): TaskRow | undefined {
  switch (body.type) {
    case "task.created":
    case "task.restored":
    case "task.arrived":
      return body.task;
    case "task.archived":
    case "task.deleted":
    case "task.left":
      return undefined;
    case "task.changed": {
      const { type: _type, description: _description, ...change } = body;
      return task && { ...task, ...change };
    }
    case "task.moved":
      return (
        task && {
          ...task,
          version: body.version,
          status: body.status,
          rank: body.rank,
          entered_at: body.entered_at ?? task.entered_at,
        }
      );
    case "column.reranked":
      return task && { ...task, rank: body.ranks[id] ?? task.rank };
    case "checklist.changed":
    case "checklist.removed":
      return (
        task && { ...task, version: body.version, checklist_total: body.total, checklist_done: body.done }
      );
    case "comment.added":
    case "comment.removed":
      return task && { ...task, comments: body.comments };
    case "file.added":
    case "file.removed":
      return task && { ...task, files: body.files };
    case "comment.changed":
    case "reaction.added":
    case "reaction.removed":
    case "relation.added":
    case "relation.removed":
    case "watcher.added":
    case "watcher.removed":
    case "handover.asked":
    case "handover.accepted":
    case "handover.returned":
    case "handover.withdrawn":
    case "announcement.published":
    case "announcement.read":
    case "announcement.removed":
    case "project.created":
    case "project.changed":
    case "project.deleted":
    case "access.changed":
      return task;
    default:
      return body satisfies never;
  }
}
