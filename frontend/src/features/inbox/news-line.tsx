import { IconBell } from "@tabler/icons-react";
import type { News } from "../../api/inbox-types";
import type { TextKey } from "../../i18n/catalogue";
import { useFormat } from "../../i18n/format";
import { useText } from "../../i18n/language";
import { Phrase } from "../../i18n/phrase";
import { useNameOf, usePerson, useWorkspace } from "../../live/hooks";
import { Avatar } from "../../ui/avatar";
import styles from "./inbox.module.css";

/** Markdown as one line of plain words: what a comment says at a glance. */
export const plain = (markdown: string) =>
  markdown
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replace(/[*_`>#~]+/g, "")
    .replace(/\s+/g, " ")
    .trim();

/** Nobody did it: time did. */
const isReminder = ({ body }: News) => String(body?.type).startsWith("reminder.");

/** Who did what, or what time has brought, in a sentence of the reader's language. */
export function NewsLine({ news }: { news: News }) {
  const format = useFormat();
  const text = useText();
  const nameOf = useNameOf();
  const actor = usePerson(news.actor);
  const sentence = useSentence(news);
  const name = actor ? nameOf(actor) : text("person.unknown");
  return (
    <li className={`${styles.news} ${news.is_read ? styles.isRead : ""}`}>
      {isReminder(news) ? (
        <IconBell
          className={styles.bell}
          size={16}
          stroke={1.7}
          role="img"
          aria-label={text("inbox.reminder")}
        />
      ) : (
        <Avatar person={actor} size="tiny" isNamed />
      )}
      <span className={styles.words}>
        <Phrase id={sentence.word} values={{ ...sentence.values, name: <b>{name}</b> }} />
      </span>
      <time dateTime={news.at} title={format.fullMoment(news.at)}>
        {format.ago(news.at)}
      </time>
    </li>
  );
}

type Sentence = { word: TextKey; values: Record<string, string> };

function useSentence({ body, reason }: News): Sentence {
  const { workflows, functions } = useWorkspace();
  const nameOf = useNameOf();
  const format = useFormat();
  const text = useText();
  const say = (word: TextKey, values: Record<string, string> = {}) => ({ word, values });
  const functionOf = (id: unknown) => {
    const found = functions.get(Number(id));
    return found ? nameOf(found) : text("function.none");
  };
  const dayOf = (facts: NonNullable<News["body"]>) => format.date(String(facts.day).slice(0, 10));
  if (!body) return say("inbox.said_changed");
  switch (body.type) {
    case "comment.added":
    case "comment.changed":
      return say(reason === "mentioned" ? "inbox.said_mentioned" : "inbox.said_comment", {
        words: plain(String(body.body)),
      });
    case "task.moved": {
      const statuses = [...workflows.values()].flatMap((workflow) => workflow.statuses);
      const status = statuses.find(({ id }) => id === body.status);
      return say(reason === "blocks" ? "inbox.said_unblocked" : "inbox.said_moved", {
        status: status ? nameOf(status) : text("card.former_status"),
      });
    }
    case "task.created":
      return say("inbox.said_assigned");
    case "task.changed":
      if (reason === "assigned") return say("inbox.said_assigned");
      if (reason === "mentioned") return say("inbox.said_described_you");
      if (typeof body.due === "string") return say("inbox.said_due", { day: format.date(body.due) });
      if (typeof body.title === "string") return say("inbox.said_title", { title: body.title });
      return say("inbox.said_changed");
    case "task.archived":
      return say("inbox.said_archived");
    case "task.restored":
      return say("inbox.said_restored");
    case "task.deleted":
      return say("inbox.said_deleted");
    case "task.arrived":
      return say("inbox.said_arrived", { from: String(body.from_key) });
    case "handover.asked": {
      const asked = functionOf(body.to_function);
      const note = plain(String(body.note));
      return note
        ? say("inbox.said_handed_with", { function: asked, note })
        : say("inbox.said_handed", { function: asked });
    }
    case "handover.accepted":
      return say("inbox.said_taken_up", { function: functionOf(body.to_function) });
    case "handover.returned":
      return say("inbox.said_returned", { reason: plain(String(body.reason)) });
    case "file.added":
      return say("inbox.said_file", { file: String(body.name) });
    case "project.changed":
      return body.health
        ? say("inbox.said_health", { health: text(`health.${body.health as "on_track"}`) })
        : say("inbox.said_initiative");
    case "announcement.published":
      return say("announcements.announced", { title: String(body.title) });
    case "reminder.due":
      return say("inbox.said_is_due", { day: dayOf(body) });
    case "reminder.overdue":
      return say("inbox.said_was_due", { day: dayOf(body) });
    case "reminder.starts":
      return say("inbox.said_begins", { day: dayOf(body) });
    case "reminder.still":
      return say("inbox.said_still", { day: dayOf(body) });
    case "reminder.unanswered":
      return say("inbox.said_unanswered", { function: functionOf(body.to_function), day: dayOf(body) });
    case "access.changed":
      return say("inbox.said_access");
    default:
      return say("inbox.said_changed");
  }
}
