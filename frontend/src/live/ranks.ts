import { generateKeyBetween, generateNKeysBetween } from "fractional-indexing";

/**
 * A rank after `low` and before `high` as the server would mint it; null is no bound. Two predictions may claim the
 * same place, and then any rank just after the lower one will do until the story tells the true one.
 */
export function rankBetween(low: string | null, high: string | null): string {
  try {
    return generateKeyBetween(low, high);
  } catch {
    return `${low ?? ""}V`;
  }
}

/** Several ranks in order, as `rankBetween`. */
export function ranksBetween(low: string | null, high: string | null, count: number): string[] {
  try {
    return generateNKeysBetween(low, high, count);
  } catch {
    return Array.from({ length: count }, (_, index) => `${low ?? ""}V${String(index).padStart(3, "0")}`);
  }
}
