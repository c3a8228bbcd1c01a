import type {
  ChecklistItem,
  HandOver,
  Label,
  Person,
  ProjectFacts,
  Sign,
  TaskRow,
  Team,
  WorkFunction,
  Workflow,
} from "./types";

type TaskChange = Partial<
  Pick<
    TaskRow,
    | "title"
    | "function"
    | "owner"
    | "assignees"
    | "labels"
    | "priority"
    | "start"
    | "due"
    | "estimate"
    | "parent"
    | "blocked_by"
    | "waits"
  >
> & { description?: string };

type HandOverAnswer = { task: number; id: number; to_function: number; asked_by: number; asked_at: string };

/** Everything that can happen in the stream of a project. Every field holds the new value. */
export type ProjectBody =
  | { type: "task.created"; id: number; task: TaskRow }
  | ({ type: "task.changed"; id: number; version: number } & TaskChange)
  | {
      type: "task.moved";
      id: number;
      version: number;
      status: number;
      rank: string;
      entered_at?: string | null;
      completed_at?: string | null;
    }
  | { type: "task.archived"; id: number; version: number }
  | { type: "task.restored"; id: number; task: TaskRow }
  | { type: "task.deleted"; id: number }
  | { type: "task.left"; id: number; to_project?: number | null }
  | { type: "task.arrived"; id: number; task: TaskRow; from_key: string }
  | { type: "column.reranked"; status: number; ranks: Record<string, string> }
  | {
      type: "checklist.changed";
      task: number;
      version: number;
      item: ChecklistItem;
      total: number;
      done: number;
    }
  | {
      type: "checklist.removed";
      task: number;
      version: number;
      item: number;
      total: number;
      done: number;
      /** What the line was turned into. */
      card?: number;
    }
  | {
      type: "comment.added";
      id: number;
      task: number;
      author: number | null;
      body: string;
      mentions: number[];
      created_at: string;
      comments: number;
    }
  | {
      type: "comment.changed";
      id: number;
      task: number;
      body: string;
      mentions: number[];
      edited_at: string | null;
    }
  | { type: "comment.removed"; id: number; task: number; comments: number }
  | {
      type: "reaction.added" | "reaction.removed";
      task: number;
      comment: number;
      person: number;
      sign: Sign;
    }
  /** `other` is null where the related card is on another board. */
  | { type: "relation.added" | "relation.removed"; task: number; other: number | null }
  | ({
      type: "handover.asked";
      task: number;
      from_function: number | null;
    } & HandOver)
  | ({ type: "handover.accepted" | "handover.withdrawn" } & HandOverAnswer)
  | ({ type: "handover.returned"; reason: string } & HandOverAnswer)
  | { type: "announcement.published"; id: number; title: string; body: string; asks: boolean }
  | { type: "announcement.read"; id: number; person: number }
  | { type: "announcement.removed"; id: number }
  | { type: "watcher.added" | "watcher.removed"; task: number; person: number }
  | {
      type: "file.added";
      id: number;
      task: number;
      name: string;
      size: number;
      media_type: string;
      files: number;
    }
  | { type: "file.removed"; id: number; task: number; files: number }
  | ({ type: "project.created" | "project.changed"; id: number; version: number } & Partial<
      Omit<ProjectFacts, "id" | "version">
    >)
  | { type: "project.deleted"; id?: number }
  | {
      type: "access.changed";
      thing: string;
      people: number[] | null;
      person?: number | null;
      team?: number | null;
      role?: string | null;
    };

export type WorkspaceBody =
  | { type: "person.added" | "person.changed"; person: Person }
  | { type: "function.added" | "function.changed"; function: WorkFunction }
  | { type: "function.removed"; id: number }
  | { type: "team.added" | "team.changed"; team: Team }
  | { type: "team.removed"; id: number }
  | { type: "label.added" | "label.changed"; label: Label }
  | { type: "label.removed"; id: number }
  | { type: "workflow.added" | "workflow.changed"; workflow: Workflow }
  | { type: "workflow.removed"; id: number };

/** One line of a stream's story. */
export type Envelope<Body> = {
  seq: number;
  tx: string;
  span: number;
  command_id: string | null;
  actor: number | null;
  at: string;
  /** The command of the same person that this takes back. */
  undoes?: string | null;
  body: Body;
};
export type ProjectEvent = Envelope<ProjectBody>;
/** As a card's history tells it: a card may have lived in several initiatives. */
export type HistoryEvent = ProjectEvent & { stream: string };
export type WorkspaceEvent = Envelope<WorkspaceBody>;
