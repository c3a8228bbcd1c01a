import type { Announcement } from "./announcement-types";
import type { ProjectBody, WorkspaceBody } from "./events";
import type * as inbox from "./inbox-types";
import type { components } from "./schema";
import type * as ours from "./types";
import type * as ways from "./ways-types";

/**
 * types.ts says more than the server's description (which words a status may be), but never something else. A field
 * that the server adds, renames or makes nullable doesn't compile here until types.ts knows of it.
 */
type Theirs = components["schemas"];
type Missing<Ours, Sent> = Exclude<keyof Sent, keyof Ours>;
type Fits<Ours, Sent> = [Missing<Ours, Sent>] extends [never]
  ? [Differing<Required<Ours>, Sent>] extends [never]
    ? true
    : { differs: Differing<Required<Ours>, Sent> }
  : { missing: Missing<Ours, Sent> };
type Differing<Ours, Sent> = {
  [Name in keyof Ours & keyof Sent]: SaysTheSame<Ours[Name], Sent[Name]> extends true ? never : Name;
}[keyof Ours & keyof Sent];
/** Where the server may send null, ours must expect it; apart from that ours may only be narrower. */
type SaysTheSame<Ours, Sent> =
  NonNullable<Ours> extends NonNullable<Sent>
    ? null extends Sent
      ? null extends Ours
        ? true
        : false
      : true
    : false;
type Proof<Proofs extends true[]> = Proofs;

export type Answers = Proof<
  [
    Fits<ours.Status, Theirs["InstallationOut"]>,
    Fits<ours.Me, Theirs["MeOut"]>,
    Fits<ours.Person, Theirs["PersonRow"]>,
    Fits<ours.WorkFunction, Theirs["FunctionRow"]>,
    Fits<ours.Team, Theirs["TeamRow"]>,
    Fits<ours.Label, Theirs["LabelRow"]>,
    Fits<ours.WorkStatus, Theirs["StatusOut"]>,
    Fits<ours.Transition, Theirs["TransitionOut"]>,
    Fits<ours.Workflow, Theirs["WorkflowOut"]>,
    Fits<ours.Touched, Theirs["TouchedOut"]>,
    Fits<ours.MergedLabel, Theirs["MergedOut"]>,
    Fits<ours.WorkspaceSnapshot, Theirs["Workspace"]>,
    Fits<ours.AccountRow, Theirs["AccountRow"]>,
    Fits<ours.TeamMember, Theirs["TeamMember"]>,
    Fits<ours.Account, Theirs["AccountOut"]>,
    Fits<ours.ProjectRow, Theirs["ProjectRow"]>,
    Fits<ours.Project, Theirs["ProjectOut"]>,
    Fits<ours.BoardProject, Theirs["ProjectHead"]>,
    Fits<Omit<ours.BoardSnapshot, "tasks">, Omit<Theirs["Board"], "tasks">>,
    Fits<{ columns: (keyof ours.TaskRow)[] }, Pick<Theirs["Cards"], "columns">>,
    Fits<Omit<ours.ManyBoards, "tasks">, Omit<Theirs["ManyBoards"], "tasks">>,
    Fits<ours.SavedView, Theirs["ViewOut"]>,
    Fits<ours.BoardViews, Theirs["BoardViews"]>,
    Fits<ours.TaskRow, Theirs["TaskCard"]>,
    Fits<ours.Task, Theirs["TaskOut"]>,
    Fits<ours.ChecklistItem, Theirs["ItemOut"]>,
    Fits<ours.Undone, Theirs["UndoneOut"]>,
    Fits<ours.Comment, Omit<Theirs["CommentOut"], "can">>,
    Fits<Omit<Announcement, "can">, Omit<Theirs["AnnouncementOut"], "can">>,
    Fits<ours.RelatedCard, Theirs["RelatedOut"]>,
    Fits<ours.TaskFile, Theirs["FileOut"]>,
    Fits<ours.SessionRow, Theirs["SessionOut"]>,
    Fits<Omit<inbox.Bundle, "project" | "account">, Omit<Theirs["BundleOut"], "project" | "account">>,
    Fits<inbox.News, Theirs["NewsOut"]>,
    Fits<inbox.Choices, Theirs["ChoicesOut"]>,
    Fits<ways.Attention, Theirs["AttentionOut"]>,
    Fits<ways.Lately, Theirs["LatelyOut"]>,
    Fits<ways.Browsers, Theirs["BrowsersOut"]>,
    Fits<ways.Hook, Theirs["HookOut"]>,
    Fits<ways.Delivery, Theirs["DeliveryOut"]>,
    Fits<ways.Queue, Theirs["QueueOut"]>,
    Fits<ways.Worker, Theirs["WorkerOut"]>,
    Fits<ways.Schedule, Theirs["ScheduleOut"]>,
    Fits<ways.Failure, Theirs["FailureOut"]>,
    Fits<ways.Stumble, Theirs["StumbleOut"]>,
    Fits<ways.BackgroundWork, Theirs["WorkOut"]>,
    Fits<ours.SearchAnswer, Theirs["SearchOut"]>,
    Fits<ours.FoundGroup, Theirs["Group"]>,
    Fits<ours.Found, Theirs["Found"]>,
    Fits<ours.Invitation, Theirs["NewInvitationOut"]>,
  ]
>;

/** Types of events that go to streams other than a board's and the workspace's. */
type Elsewhere = Theirs[
  | "AccountCreatedBody"
  | "AccountChangedBody"
  | "InboxChangedBody"
  | "ProjectListedBody"
  | "SessionEndedBody"
  | "TeamMemberSetBody"
  | "TeamMemberRemovedBody"]["type"];
type Unheard = Exclude<Theirs["Event"]["body"]["type"], (ProjectBody | WorkspaceBody)["type"] | Elsewhere>;

/** An event type that no reducer hears of. */
export type Events = Proof<[[Unheard] extends [never] ? true : Unheard]>;
