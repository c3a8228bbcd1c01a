import type { StatusCategory } from "../../api/types";

const MOVING: ReadonlySet<StatusCategory> = new Set(["active", "waiting", "review"]);
/** A working week in one column is worth a look, two are worth a question. */
export const OLD_DAYS = 5;
export const STALE_DAYS = 10;

/** How long a card has stood where work should be moving: null where that says nothing, or is no news yet. */
export function ageOf(
  entered: string,
  category: StatusCategory | undefined,
  now: number,
): { days: number; isStale: boolean } | null {
  if (!category || !MOVING.has(category)) return null;
  const days = Math.floor((now - Date.parse(entered)) / 86_400_000);
  return days >= OLD_DAYS ? { days, isStale: days >= STALE_DAYS } : null;
}
