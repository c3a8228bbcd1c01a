import { addDays } from "../../i18n/days";
import { daysBetween } from "../../i18n/format";

/** The Sunday that ends the week of this day: weeks begin on Monday in both languages. */
export function endOfWeek(day: string): string {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  return addDays(day, (7 - weekday) % 7);
}

export const DUE_BUCKETS = ["overdue", "today", "week", "next_week", "later", "none"] as const;
export type DueBucket = (typeof DUE_BUCKETS)[number];

/** Where a day falls, seen from today. "week" is the rest of this week. */
export function bucketOf(due: string | null, today: string, sunday = endOfWeek(today)): DueBucket {
  if (due === null) return "none";
  if (due < today) return "overdue";
  if (due === today) return "today";
  if (due <= sunday) return "week";
  return daysBetween(sunday, due) <= 7 ? "next_week" : "later";
}

/** The day that a card gets when it is put into a bucket: the last working day of a week, and Monday after it for later. */
export function dayIn(bucket: DueBucket, today: string): string | null {
  const sunday = endOfWeek(today);
  const friday = addDays(sunday, -2);
  switch (bucket) {
    case "today":
      return today;
    case "week":
      return friday > today ? friday : sunday;
    case "next_week":
      return addDays(friday, 7);
    case "later":
      return addDays(sunday, 8);
    default:
      return null;
  }
}
