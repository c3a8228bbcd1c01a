import type { Place } from "../../live/commands";

/**
 * Where a card stands when it is put at `index` of a column as it is seen: `seen` are the ids on the screen without
 * the card itself. Under a filter only the card above counts, because hidden ones may stand in between.
 */
export function placeAt(status: number, seen: readonly number[], index: number, isFiltered: boolean): Place {
  const after = seen[index - 1] ?? null;
  const before = seen[index] ?? null;
  if (isFiltered && after !== null) return { status, after, before: null };
  return { status, after, before };
}

export const without = (ids: readonly number[], id: number) => ids.filter((other) => other !== id);
