import type { TaskRow } from "../../api/types";

const WIDE = /[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]/g;
/** Latin letters that fit on a line of a card; a Chinese character takes nearly twice the room. */
const LETTERS_PER_LINE = 27;

/** Of each card as it is; a card that changes is another object. */
const guessed = new WeakMap<TaskRow, number>();

/** About how high a card will be before it was ever drawn, so that the scroll bar hardly jumps. */
export function guessHeight(card: TaskRow | number | undefined): number {
  if (typeof card === "number") return card;
  if (!card) return 100;
  const known = guessed.get(card) ?? guess(card);
  guessed.set(card, known);
  return known;
}

function guess(card: TaskRow): number {
  const letters = card.title.length + (card.title.match(WIDE)?.length ?? 0);
  const lines = letters > LETTERS_PER_LINE ? 2 : 1;
  const hasFoot = card.due || card.owner || card.assignees.length || card.comments || card.checklist_total;
  return 40 + lines * 20 + (hasFoot ? 29 : 0) + (card.blocked_by.length ? 22 : 0);
}
