import type { ProjectBody, ProjectEvent } from "../api/events";
import type { BoardSnapshot, TaskRow } from "../api/types";

/** Small boards for tests. */
export const READY = 1;
export const DOING = 2;
export const DONE = 3;

const COLUMNS: (keyof TaskRow)[] = [
  "id",
  "number",
  "title",
  "status",
  "rank",
  "version",
  "function",
  "owner",
  "assignees",
  "labels",
  "priority",
  "start",
  "due",
  "estimate",
  "parent",
  "blocked_by",
  "checklist_total",
  "checklist_done",
  "comments",
  "files",
  "entered_at",
  "waits",
];

export function aCard(id: number, status: number, rank: string, more: Partial<TaskRow> = {}): TaskRow {
  return {
    id,
    number: id,
    title: `Card ${id}`,
    status,
    rank,
    version: 1,
    function: null,
    owner: null,
    assignees: [],
    labels: [],
    priority: "",
    start: null,
    due: null,
    estimate: null,
    parent: null,
    blocked_by: [],
    checklist_total: 0,
    checklist_done: 0,
    comments: 0,
    files: 0,
    entered_at: "2026-11-20T08:00:00Z",
    waits: null,
    ...more,
  };
}

export function aSnapshot(cards: TaskRow[]): BoardSnapshot {
  const status = (id: number, name: string, category: "ready" | "active" | "done") =>
    ({
      id,
      name,
      name_zh: "",
      category,
      color: "grey",
      position: id,
      limit: null,
      limit_is_hard: false,
    }) as const;
  return {
    epoch: "k",
    seq: 10,
    workspace_seq: 1,
    project: {
      id: 7,
      key: "JL",
      account: null,
      account_code: "",
      account_name: "",
      account_name_zh: "",
      account_tier: "",
      name: "War room",
      name_zh: "",
      summary: "",
      lead: null,
      functions: [],
      workflow: 1,
      start: null,
      due: null,
      state: "active",
      health: "",
      health_note: "",
      is_private: false,
      version: 1,
      can: ["see", "comment", "work"],
    },
    statuses: [
      status(READY, "Ready", "ready"),
      status(DOING, "Doing", "active"),
      status(DONE, "Done", "done"),
    ],
    transitions: [],
    tasks: { columns: COLUMNS, rows: cards.map((card) => COLUMNS.map((column) => card[column])) },
    recent: [],
  };
}

export function at(seq: number, body: ProjectBody, more: Partial<ProjectEvent> = {}): ProjectEvent {
  return {
    seq,
    tx: `tx${seq}`,
    span: 1,
    command_id: `cmd${seq}`,
    actor: 2,
    at: "2026-11-24T02:00:00Z",
    body,
    ...more,
  };
}
