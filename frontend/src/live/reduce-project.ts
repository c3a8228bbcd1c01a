import type { ProjectBody } from "../api/events";
import type { BoardProject } from "../api/types";

/** Every type this version knows. A type missing here doesn't compile; one that arrives and isn't here means reload. */
const KNOWN: Record<ProjectBody["type"], true> = {
  "task.created": true,
  "task.changed": true,
  "task.moved": true,
  "task.archived": true,
  "task.restored": true,
  "task.deleted": true,
  "task.left": true,
  "task.arrived": true,
  "column.reranked": true,
  "checklist.changed": true,
  "checklist.removed": true,
  "comment.added": true,
  "comment.changed": true,
  "comment.removed": true,
  "reaction.added": true,
  "reaction.removed": true,
  "relation.added": true,
  "relation.removed": true,
  "watcher.added": true,
  "watcher.removed": true,
  "handover.asked": true,
  "handover.accepted": true,
  "handover.returned": true,
  "handover.withdrawn": true,
  "announcement.published": true,
  "announcement.read": true,
  "announcement.removed": true,
  "file.added": true,
  "file.removed": true,
  "project.created": true,
  "project.changed": true,
  "project.deleted": true,
  "access.changed": true,
};

export const isKnown = (body: { type: string }): body is ProjectBody => Object.hasOwn(KNOWN, body.type);

/** What an event changes about the initiative itself. Pure. */
export function reduceProject(project: BoardProject, body: ProjectBody): BoardProject {
  if (body.type !== "project.changed" && body.type !== "project.created") return project;
  const { type: _type, ...change } = body;
  return { ...project, ...change };
}
