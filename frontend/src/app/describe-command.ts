import type { TextKey, Values } from "../i18n/catalogue";
import type { Command } from "../live/outbox";

type Words = {
  text: (key: TextKey, values?: Values) => string;
  list: (words: string[]) => string;
  statusName: (id: number) => string;
};

const FIELDS = {
  title: "card.title",
  function: "card.function",
  owner: "card.owner",
  assignees: "card.helping",
  labels: "card.labels",
  priority: "priority.label",
  start: "card.start",
  due: "card.due",
  estimate: "card.estimate",
  parent: "card.parent",
  blocked_by: "card.blocked_by",
} as const satisfies Record<string, TextKey>;

/** A change in words: which card it was about, and what was to happen. Also for one from days ago. */
export function describeCommand(command: Command, words: Words): { title: string; what: string } {
  const { text } = words;
  const { type } = command.pending.body;
  const { key = "", count = 1 } = command.about ?? {};
  if (command.undoes) return { title: text("failed.undo"), what: key || text("unsent.cards", { count }) };
  const failed = type === "task.moved" ? "failed.move" : "failed.change";
  const title =
    type === "task.created" ? text("failed.create") : key ? text(failed, { key }) : text("error.not_saved");
  const card = count > 1 ? text("unsent.cards", { count }) : (command.about?.title ?? "");
  const action = actionIn(command, words);
  return { title, what: card ? text("unsent.on_card", { card, action }) : action };
}

function actionIn({ pending: { body } }: Command, { text, list, statusName }: Words): string {
  switch (body.type) {
    case "task.created":
      return text("unsent.create", { title: body.task.title });
    case "task.moved": {
      const status = statusName(body.status);
      return status ? text("unsent.move", { status }) : text("unsent.change_some");
    }
    case "task.changed": {
      const fields = Object.keys(FIELDS).filter((field) => field in body) as (keyof typeof FIELDS)[];
      if (fields.length === 0) return text("unsent.change_some");
      return text("unsent.change", { fields: list(fields.map((field) => text(FIELDS[field]))) });
    }
    case "task.archived":
      return text("unsent.archive");
    case "comment.added":
    case "comment.changed":
      return text("unsent.comment", { words: body.body.slice(0, 200) });
    case "comment.removed":
      return text("unsent.comment_removed");
    case "checklist.changed":
      return text("unsent.line", { words: body.item.text });
    case "checklist.removed":
      return text("unsent.line_removed");
    case "file.removed":
      return text("unsent.file_removed");
    case "watcher.added":
    case "watcher.removed":
      return text("unsent.watch");
    default:
      return text("unsent.change_some");
  }
}
