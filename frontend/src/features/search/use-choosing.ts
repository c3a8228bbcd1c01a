import { type KeyboardEvent, useState } from "react";
import { isComposing } from "../../ui/composing";
import type { Row } from "./rows";

export type Choosing = ReturnType<typeof useChoosing>;

type Place = { question: string; row?: string; index: number };

export const LIST = "palette-list";
export const rowId = (index: number) => `palette-row-${index}`;

/** Which row is the active one: the first after every change of the question, then where the arrows lead. */
export function useChoosing(rows: readonly Row[], question: string, choose: (row: Row) => void) {
  const [place, setPlace] = useState<Place>({ question, index: 0 });
  const isSame = place.question === question;
  // Rows that arrive above the one that was gone to push it down; until then the first is the active one.
  const kept = isSame ? rows.findIndex(({ id }) => id === place.row) : 0;
  const index = kept >= 0 ? kept : Math.min(place.index, rows.length - 1);

  const goTo = (next: number) => {
    const wrapped = (next + rows.length) % rows.length;
    setPlace({ question, row: rows[wrapped]?.id, index: wrapped });
  };
  const steps: Record<string, () => void> = {
    ArrowDown: () => goTo(index + 1),
    ArrowUp: () => goTo(index - 1),
    PageDown: () => goTo(Math.min(index + 8, rows.length - 1)),
    PageUp: () => goTo(Math.max(index - 8, 0)),
    Enter: () => {
      const row = rows[index];
      if (row) choose(row);
    },
  };

  /** True when the key was one of choosing. While an input method composes, all keys are its own. */
  function onKey(event: KeyboardEvent): boolean {
    const step = steps[event.key];
    if (!step || isComposing(event) || event.altKey || event.ctrlKey || event.metaKey) return false;
    event.preventDefault();
    if (rows.length > 0) step();
    return true;
  }

  return {
    index,
    activeId: rows[index] ? rowId(index) : undefined,
    onKey,
    point: (next: number) => {
      if (next !== index) goTo(next);
    },
    choose,
  };
}
