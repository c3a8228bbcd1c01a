import type { ProjectBody } from "../../api/events";
import type { TaskRow } from "../../api/types";
import type { HistoryKey, Kind, Names } from "./describe-history";

export type FieldLine = { kind: Kind; key: HistoryKey; values: Record<string, string> };
type Changed = Extract<ProjectBody, { type: "task.changed" }>;
type Before = Partial<TaskRow>;

const say = (kind: Kind, key: HistoryKey, values: Record<string, string> = {}): FieldLine => ({
  kind,
  key,
  values,
});

/** A change of facts as one sentence for each of them. */
export function describeFields(
  body: Changed,
  before: Before,
  actor: number | null,
  names: Names,
): FieldLine[] {
  const lines: FieldLine[] = [];
  const { title, description, parent, priority } = body;
  if (title !== undefined)
    lines.push(
      before.title === undefined
        ? say("word", "history.renamed_to", { to: title })
        : say("word", "history.renamed", { from: before.title, to: title }),
    );
  if (description !== undefined)
    lines.push(say("word", description ? "history.described" : "history.description_cleared"));
  if (body.function !== undefined) lines.push(handOver(body.function, before.function, names));
  if (body.owner !== undefined) lines.push(ownership(body.owner, before.owner, actor, names));
  lines.push(...comings("person", "history.helpers", body.assignees, before.assignees, names.people));
  lines.push(...comings("word", "history.labels", body.labels, before.labels, names.labels));
  if (priority !== undefined)
    lines.push(
      priority
        ? say("word", "history.priority", { to: names.priority(priority) })
        : say("word", "history.priority_none"),
    );
  lines.push(...day("start", body.start, before.start, names), ...day("due", body.due, before.due, names));
  if (body.estimate !== undefined) lines.push(estimate(body.estimate, before.estimate, names));
  if (parent !== undefined)
    lines.push(
      parent === null
        ? say("link", "history.parent_none")
        : say("link", "history.parent", { card: names.card(parent) }),
    );
  lines.push(...comings("link", "history.blockers", body.blocked_by, before.blocked_by, names.cards));
  return lines;
}

function handOver(to: number | null, from: number | null | undefined, names: Names): FieldLine {
  if (to === null) return say("person", "history.function_none");
  if (from == null) return say("person", "history.function", { to: names.function(to) });
  return say("person", "history.handed_over", { from: names.function(from), to: names.function(to) });
}

function ownership(to: number | null, from: number | null | undefined, actor: number | null, names: Names) {
  if (to === null) return say("person", "history.owner_none");
  if (to === actor) return say("person", "history.owner_self");
  if (from == null) return say("person", "history.owner", { to: names.person(to) });
  return say("person", "history.owner_instead", { from: names.person(from), to: names.person(to) });
}

/** Who or what came and went in a list. Without the list before, only what stands there now. */
function comings(
  kind: Kind,
  what: "history.helpers" | "history.labels" | "history.blockers",
  now: number[] | undefined,
  before: number[] | undefined,
  written: (ids: number[]) => string,
): FieldLine[] {
  if (now === undefined) return [];
  if (before === undefined)
    return [now.length ? say(kind, `${what}_are`, { to: written(now) }) : say(kind, `${what}_none`)];
  const came = now.filter((id) => !before.includes(id));
  const went = before.filter((id) => !now.includes(id));
  return [
    ...(came.length ? [say(kind, `${what}_came`, { to: written(came) })] : []),
    ...(went.length ? [say(kind, `${what}_went`, { to: written(went) })] : []),
  ];
}

function day(
  field: "start" | "due",
  to: string | null | undefined,
  from: string | null | undefined,
  names: Names,
): FieldLine[] {
  if (to === undefined) return [];
  if (to === null) return [say("day", `history.${field}_none`)];
  if (from == null) return [say("day", `history.${field}`, { to: names.day(to) })];
  return [say("day", `history.${field}_moved`, { from: names.day(from), to: names.day(to) })];
}

function estimate(to: string | null, from: string | null | undefined, names: Names): FieldLine {
  if (to === null) return say("day", "history.estimate_none");
  if (from == null) return say("day", "history.estimate", { to: names.hours(to) });
  return say("day", "history.estimate_changed", { from: names.hours(from), to: names.hours(to) });
}
