import { get } from "../api/client";
import { ApiError } from "../api/errors";
import type { WorkspaceBody, WorkspaceEvent } from "../api/events";
import type { Label, Person, Team, WorkFunction, Workflow, WorkspaceSnapshot } from "../api/types";
import { Observable } from "../observable";
import type { Followed } from "./follower";
import { readOrKept } from "./kept";

/** What every board shares. Rows elsewhere hold ids; names come from here, so a new name is new on every screen. */
export type Workspace = {
  people: ReadonlyMap<number, Person>;
  functions: ReadonlyMap<number, WorkFunction>;
  teams: ReadonlyMap<number, Team>;
  labels: ReadonlyMap<number, Label>;
  workflows: ReadonlyMap<number, Workflow>;
  can: readonly string[];
};

export const workspace = new Observable<Workspace | null>(null);

export const EMPTY: Workspace = {
  people: new Map(),
  functions: new Map(),
  teams: new Map(),
  labels: new Map(),
  workflows: new Map(),
  can: [],
};

type Row = { id: number };
const byId = <R extends Row>(rows: R[]) => new Map(rows.map((row) => [row.id, row]));
const withRow = <R extends Row>(rows: ReadonlyMap<number, R>, row: R) => new Map(rows).set(row.id, row);
function without<R extends Row>(rows: ReadonlyMap<number, R>, id: number) {
  const rest = new Map(rows);
  rest.delete(id);
  return rest;
}

/** The one place where an event changes the workspace. Null for a type that this version doesn't know. */
export function reduceWorkspace(now: Workspace, body: WorkspaceBody): Workspace | null {
  switch (body.type) {
    case "person.added":
    case "person.changed":
      return { ...now, people: withRow(now.people, body.person) };
    case "function.added":
    case "function.changed":
      return { ...now, functions: withRow(now.functions, body.function) };
    case "function.removed":
      return { ...now, functions: without(now.functions, body.id) };
    case "team.added":
    case "team.changed":
      return { ...now, teams: withRow(now.teams, body.team) };
    case "team.removed":
      return { ...now, teams: without(now.teams, body.id) };
    case "label.added":
    case "label.changed":
      return { ...now, labels: withRow(now.labels, body.label) };
    case "label.removed":
      return { ...now, labels: without(now.labels, body.id) };
    case "workflow.added":
    case "workflow.changed":
      return { ...now, workflows: withRow(now.workflows, body.workflow) };
    case "workflow.removed":
      return { ...now, workflows: without(now.workflows, body.id) };
    default:
      body satisfies never;
      return null;
  }
}

/** The workspace as something that can be followed over the socket. */
export class WorkspaceSource implements Followed<WorkspaceEvent> {
  readonly stream = "workspace";
  epoch = "";
  seq = 0;

  async reload() {
    this.take(await get<WorkspaceSnapshot>("/workspace"));
  }

  /** As `reload`, from what this browser has kept where there is no connection. */
  async start() {
    try {
      this.take(await readOrKept("workspace", "", () => get<WorkspaceSnapshot>("/workspace")));
    } catch (error) {
      if (!(error instanceof ApiError && error.status === 404)) throw error;
      this.gone();
    }
  }

  private take(snapshot: WorkspaceSnapshot) {
    this.epoch = snapshot.epoch;
    this.seq = snapshot.seq;
    workspace.set({
      people: byId(snapshot.people),
      functions: byId(snapshot.functions),
      teams: byId(snapshot.teams),
      labels: byId(snapshot.labels),
      workflows: byId(snapshot.workflows),
      can: snapshot.can,
    });
  }

  apply(events: WorkspaceEvent[]) {
    let now = workspace.get();
    for (const { body } of events) {
      now = now && reduceWorkspace(now, body);
      if (!now) return false;
    }
    this.seq = events.at(-1)?.seq ?? this.seq;
    workspace.set(now);
    return true;
  }

  reached(seq: number) {
    this.seq = seq;
  }

  /** Guests have none: there is nothing to follow, and nobody to name. */
  gone() {
    workspace.set(EMPTY);
  }
}
