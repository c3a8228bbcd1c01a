import { useLocale } from "../../../i18n/language";

/** The days of the week as the reader names them, from Monday, which is 1. */
export function useWeekdays(width: "short" | "long"): { day: number; name: string }[] {
  const { language } = useLocale();
  const names = new Intl.DateTimeFormat(language, { weekday: width, timeZone: "UTC" });
  return [1, 2, 3, 4, 5, 6, 7].map((day) => ({ day, name: names.format(Date.UTC(2024, 0, day)) }));
}
