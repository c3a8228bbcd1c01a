import type { TextKey } from "../../i18n/catalogue";

type Later = { word: TextKey; at: Date };

/** When news may come back: in three hours, tomorrow morning, on Monday morning, by the clock of this browser. */
export function laterTimes(now: Date): [Later, Later, Later] {
  const morning = (days: number) => {
    const day = new Date(now);
    day.setDate(day.getDate() + days);
    day.setHours(9, 0, 0, 0);
    return day;
  };
  const toMonday = (8 - now.getDay()) % 7 || 7;
  return [
    { word: "inbox.later_hours", at: new Date(now.getTime() + 3 * 60 * 60 * 1000) },
    { word: "inbox.later_tomorrow", at: morning(1) },
    { word: "inbox.later_monday", at: morning(toMonday) },
  ];
}
