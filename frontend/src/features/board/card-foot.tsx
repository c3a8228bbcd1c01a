import type { CardFact, TaskRow } from "../../api/types";
import { useFormat } from "../../i18n/format";
import { useText } from "../../i18n/language";
import { useWorkspace } from "../../live/hooks";
import { Avatar } from "../../ui/avatar";
import { DueChip } from "../../ui/due-chip";
import { glyphClass } from "../../ui/glyph";
import { ageOf } from "./ageing";
import { useBoard } from "./board-context";
import styles from "./card-face.module.css";

/** Faces beyond this many become a number. */
const MOST_FACES = 3;

/** The last line of a card: when, how long, how far, how much is said, and who. */
export function CardFoot({
  card,
  isDone,
  shows,
}: {
  card: TaskRow;
  isDone: boolean;
  shows: (fact: CardFact) => boolean;
}) {
  const { statusOf } = useBoard();
  const text = useText();
  const format = useFormat();
  const { people } = useWorkspace();
  const age = shows("age") ? ageOf(card.entered_at, statusOf(card)?.category, Date.now()) : null;
  const everybody = shows("people")
    ? [...new Set([card.owner, ...card.assignees])].filter((id) => id !== null)
    : [];
  const faces = everybody.slice(0, everybody.length > MOST_FACES ? MOST_FACES - 1 : MOST_FACES);
  const more = everybody.length - faces.length;
  const checklist = text("board.checklist", { done: card.checklist_done, total: card.checklist_total });
  const hours = shows("estimate") ? card.estimate : null;
  const due = shows("due") ? card.due : null;
  const hasChecklist = card.checklist_total > 0 && shows("checklist");
  const hasTalk = card.comments > 0 && shows("talk");
  const hasFiles = card.files > 0 && shows("files");
  if (!due && !age && !hours && !hasChecklist && !hasTalk && !hasFiles && !everybody.length) return null;

  return (
    <div className={styles.foot}>
      {due && <DueChip due={due} isDone={isDone} />}
      {age && (
        <span
          className={`${styles.fact} ${styles.age} ${age.isStale ? styles.stale : ""} ${glyphClass("hourglass")}`}
          title={text("board.age", { count: age.days })}
        >
          {text("board.age_short", { count: age.days })}
        </span>
      )}
      {hours && (
        <span className={styles.fact}>{text("unit.hours", { hours: format.number(Number(hours)) })}</span>
      )}
      {hasChecklist && (
        <span
          className={`${styles.fact} ${glyphClass("checklist")}`}
          title={checklist}
          role="img"
          aria-label={checklist}
        >
          {card.checklist_done}/{card.checklist_total}
        </span>
      )}
      {hasTalk && (
        <span
          className={`${styles.fact} ${glyphClass("talk")}`}
          title={text("board.comments", { count: card.comments })}
        >
          {card.comments}
        </span>
      )}
      {hasFiles && (
        <span
          className={`${styles.fact} ${glyphClass("clip")}`}
          title={text("board.files", { count: card.files })}
        >
          {card.files}
        </span>
      )}
      {faces.map((id, index) => (
        <Avatar key={id} person={people.get(id)} className={index === 0 ? styles.face1 : styles.faceN} />
      ))}
      {more > 0 && <span className={styles.more}>+{more}</span>}
    </div>
  );
}
