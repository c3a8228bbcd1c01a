/**
 * The shapes of the API by the names the interface uses. One place to look them up, and one to change when the
 * server's description (schema.ts, generated) changes.
 */
export type Language = "en" | "zh-Hans";
export type ThemeChoice = "system" | "light" | "dark";
/** What one may do with a thing. */
export type Can = "see" | "comment" | "work" | "manage" | "see_revenue" | "see_contacts";

/** Latin and Chinese name of the same thing; `name_zh` is "" when there is none. */
export type Named = { name: string; name_zh: string };

export type DemoPerson = Named & {
  id: number;
  email: string;
  title: string;
  title_zh: string;
  function: (Named & { color: string; icon: string }) | null;
};
export type Status = {
  installed: boolean;
  demo: boolean;
  version: string;
  signed_in: boolean;
  language: Language;
  languages: Language[];
  demo_people?: DemoPerson[];
};
export type Me = Named & {
  id: number;
  email: string;
  language: Language;
  time_zone: string;
  theme: ThemeChoice;
  hours_per_day: string;
  function: number | null;
  is_administrator: boolean;
  is_overseer: boolean;
  is_guest: boolean;
  can: "administer"[];
  version: number;
};

export type Person = Named & {
  id: number;
  email: string;
  title: string;
  title_zh: string;
  function: number | null;
  hours_per_day: string;
  time_zone: string;
  is_active: boolean;
  is_administrator: boolean;
  is_overseer: boolean;
  is_guest: boolean;
  version: number;
};
export type WorkFunction = Named & {
  id: number;
  code: string;
  color: string;
  icon: string;
  position: number;
  version: number;
};
export type Team = Named & { id: number; members: number[]; version: number };
export type Label = Named & { id: number; color: string; version: number };
export type StatusCategory = "backlog" | "ready" | "active" | "waiting" | "review" | "done" | "cancelled";
export type StatusColour = "grey" | "blue" | "teal" | "green" | "amber" | "red" | "violet";
export type WorkStatus = Named & {
  id: number;
  category: StatusCategory;
  color: StatusColour;
  position: number;
  limit: number | null;
  limit_is_hard: boolean;
};
export type Transition = {
  source: number;
  target: number;
  functions: number[];
  role: "" | "member" | "manager";
};
export type Workflow = Named & {
  id: number;
  code: string;
  version: number;
  statuses: WorkStatus[];
  transitions: Transition[];
};
/** The cards that a change of a workflow or of a label would touch; those that the reader doesn't see are only counted. */
export type Touched = {
  cards: number;
  archived: number;
  hidden: number;
  initiatives_total: number;
  initiatives: (Named & { id: number; key: string; cards: number })[];
  first: { id: number; key: string; title: string }[];
};
/** The label that stays; `left` cards wait for the next step. */
export type MergedLabel = { label: Label; changed: number; left: number };
export type WorkspaceSnapshot = {
  epoch: string;
  seq: number;
  people: Person[];
  functions: WorkFunction[];
  teams: Team[];
  labels: Label[];
  workflows: Workflow[];
  can: "administer"[];
};

export type Tier = "S" | "A" | "B" | "C" | "candidate" | "exited";
export type AccountRow = Named & {
  id: number;
  code: string;
  industry: string;
  industry_zh: string;
  country: string;
  parent: number | null;
  tier: Tier;
  owner: number | null;
  projects: number;
  tasks_open: number;
  tasks_overdue: number;
  vacancies: number;
  version: number;
};
export type TeamRole = "lead" | "member" | "sponsor" | "viewer";
export type TeamMember = { person: number; function: number | null; role: TeamRole };
export type AccountName = Named & { id: number; code: string };
export type Account = AccountRow & {
  notes: string;
  team: TeamMember[];
  teams: { team: number; role: TeamRole }[];
  vacant_functions: number[];
  children: AccountName[];
  parent_account: AccountName | null;
  epoch: string;
  seq: number;
  can: Can[];
};

export type ProjectState = "planned" | "active" | "waiting" | "done" | "cancelled";
export type ProjectHealth = "on_track" | "at_risk" | "off_track" | "";
export type ProjectFacts = Named & {
  id: number;
  key: string;
  account: number | null;
  account_code: string;
  account_name: string;
  account_name_zh: string;
  account_tier: Tier | "";
  summary: string;
  lead: number | null;
  functions: number[];
  workflow: number;
  start: string | null;
  due: string | null;
  state: ProjectState;
  health: ProjectHealth;
  health_note: string;
  is_private: boolean;
  version: number;
};
export type ProjectRow = ProjectFacts & {
  tasks_total: number;
  tasks_done: number;
  tasks_overdue: number;
  progress: number;
};
export type ProjectRole = "manager" | "member" | "commenter" | "viewer" | "guest";
export type Project = ProjectRow & {
  people: { person: number; role: ProjectRole }[];
  teams: { team: number; role: ProjectRole }[];
  epoch: string;
  seq: number;
  can: Can[];
};

export type Priority = "urgent" | "high" | "medium" | "low" | "";
/** A task as a board shows it: exactly the columns of the snapshot. */
export type TaskRow = {
  id: number;
  number: number;
  title: string;
  status: number;
  rank: string;
  version: number;
  function: number | null;
  owner: number | null;
  assignees: number[];
  labels: number[];
  priority: Priority;
  start: string | null;
  due: string | null;
  estimate: string | null;
  parent: number | null;
  blocked_by: number[];
  checklist_total: number;
  checklist_done: number;
  comments: number;
  files: number;
  entered_at: string;
  /** The function that was asked to take the card up and hasn't answered. */
  waits: { function: number; since: string; by: string | null } | null;
};
export type BoardProject = ProjectFacts & { can: Can[] };
export type BoardSnapshot = {
  epoch: string;
  seq: number;
  workspace_seq: number;
  project: BoardProject;
  statuses: WorkStatus[];
  transitions: Transition[];
  tasks: { columns: string[]; rows: unknown[][] };
  /** Cards that were changed in the last two days, and when. */
  recent: [number, string][];
};

/** What was taken back: `command_id` took back `undoes`. */
export type Undone = {
  command_id: string;
  undoes: string;
  is_redo: boolean;
  types: string[];
  count: number;
  tasks: { id: number; key: string; title: string }[];
};

/** What a board shows: one initiative; all of an account; a function's queue; a team's work; one's own. */
export type BoardRef =
  | `project:${number}`
  | `account:${number}`
  | `function:${number}`
  | `team:${number}`
  | "mine";
/** A board over several initiatives, as it stood at one moment: each of them is a stream of its own. */
export type ManyBoards = {
  board: string;
  workspace_seq: number;
  /** Cards that were finished before this day are left out. */
  closed_since: string;
  projects: { epoch: string; seq: number; project: BoardProject }[];
  /** As in a snapshot of one board, and the initiative of each card at the end. */
  tasks: { columns: string[]; rows: unknown[][] };
  recent: [number, string][];
};

export type GroupField =
  | "status"
  | "category"
  | "function"
  | "owner"
  | "priority"
  | "label"
  | "due"
  | "account"
  | "initiative";
export type SortField = "rank" | "due" | "priority" | "entered" | "title" | "key";
export type CardFact =
  | "account"
  | "function"
  | "priority"
  | "labels"
  | "due"
  | "estimate"
  | "checklist"
  | "talk"
  | "files"
  | "age"
  | "people";
/** How cards are arranged and which are seen. */
export type ViewSettings = {
  columns: GroupField;
  lanes: GroupField | "";
  sort: SortField;
  filter: string;
  hidden: CardFact[];
};
export type SavedView = {
  id: number;
  name: string;
  owner: number;
  is_shared: boolean;
  settings: ViewSettings;
  version: number;
  can: "change"[];
};
/** The views of a board that somebody may choose from, the one they start with, and what they have folded. */
export type BoardViews = { views: SavedView[]; default: number | null; folded: string[]; can: "share"[] };

export type ChecklistItem = { id: number; text: string; done: boolean; position: string };
export type Task = TaskRow & {
  project: number;
  key: string;
  description: string;
  watchers: number[];
  archived_at: string | null;
  created_at: string;
  created_by: number | null;
  completed_at: string | null;
  updated_at: string;
  checklist: ChecklistItem[];
  /** The one that waits for an answer. */
  handover: HandOver | null;
  can: Can[];
};
/** A request that another function take a card up. */
export type HandOver = {
  id: number;
  to_function: number | null;
  note: string;
  answer_by: string | null;
  asked_by: number;
  asked_at: string;
};
export type Sign = "like" | "heart" | "party" | "laugh" | "eyes" | "thanks";
export type Reaction = { person: number; sign: Sign };
export type Comment = {
  id: number;
  task: number;
  author: number | null;
  body: string;
  mentions: number[];
  created_at: string;
  edited_at: string | null;
  reactions: Reaction[];
};
/** A related card, maybe of another initiative: with its status' names, which this board may not know. */
export type RelatedCard = {
  id: number;
  key: string;
  project: number;
  title: string;
  status: Named & { category: StatusCategory; color: StatusColour };
  owner: number | null;
  archived_at: string | null;
};
export type TaskFile = {
  id: number;
  task: number;
  name: string;
  size: number;
  type: string;
  uploaded_by: number | null;
  created_at: string;
  is_image: boolean;
  url: string;
};
export type SessionRow = {
  id: number;
  created_at: string;
  last_seen_at: string;
  address: string;
  agent: string;
  current: boolean;
};
export type Invitation = {
  id: number;
  email: string;
  function: number | null;
  is_guest: boolean;
  language: Language;
  invited_by: number;
  created_at: string;
  expires_at: string;
  accepted_at: string | null;
  link?: string;
};

export type SearchKind = "card" | "comment" | "account" | "initiative" | "person";
/** A piece of a text; `hit` where it is what was searched for. */
export type TextPart = { text: string; hit: boolean };
/** One thing that was found. A comment has the key and the title of its card. */
export type Found = {
  kind: SearchKind;
  id: number;
  key: string;
  title: TextPart[];
  excerpt: TextPart[];
  where: string;
  person: number | null;
  status: { category: StatusCategory; color: StatusColour } | null;
  at: string | null;
  is_archived: boolean;
  exact: boolean;
};
export type FoundGroup = { kind: SearchKind; items: Found[]; more: boolean };
export type SearchAnswer = { groups: FoundGroup[] };
export type Page<Row> = { items: Row[]; next: string | null };
