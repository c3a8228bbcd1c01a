import type { Text } from "./catalogue";
import { type DueTone, daysBetween, type Format } from "./format";

/** Words first: late in red, the next two days in amber, later the plain date. */
export function describeDue(due: string, text: Text, format: Format, isDone = false) {
  const days = daysBetween(format.today(), due);
  if (isDone || days > 2) return { tone: "later" as DueTone, words: format.date(due) };
  if (days < 0) return { tone: "past" as DueTone, words: text("due.late", { count: -days }) };
  const soon = ["due.today", "due.tomorrow", "due.in_two_days"] as const;
  return { tone: "soon" as DueTone, words: text(soon[days as 0 | 1 | 2]) };
}
