import type { Language } from "../api/types";
import { currentLocale, useLocale } from "./language";

/** British English writes "27 Nov" as the interface does, and begins the week on Monday as both languages do here. */
const TAG: Record<Language, string> = { en: "en-GB", "zh-Hans": "zh-Hans-CN" };
const DAY = 86_400_000;
/** Intl would say "now" and 现在, which nobody says of what has just happened. */
const JUST_NOW: Record<Language, string> = { en: "just now", "zh-Hans": "刚刚" };

export type DueTone = "past" | "soon" | "later";
export type Format = ReturnType<typeof makeFormat>;

const made = new Map<string, Format>();

/** The formatters of the current language; the same object until the language or the time zone changes. */
export function currentFormat(): Format {
  const { language, timeZone } = currentLocale();
  const key = `${language}|${timeZone}`;
  const known = made.get(key);
  if (known) return known;
  const fresh = makeFormat(language, timeZone);
  made.set(key, fresh);
  return fresh;
}

export function useFormat(): Format {
  useLocale();
  return currentFormat();
}

const calendars = new Map<string | undefined, Intl.DateTimeFormat>();

/** "2026-11-24" in the given time zone. */
export function dayIn(timeZone: string | undefined, instant: Date): string {
  // Making a calendar takes a hundred times as long as asking it, and boards ask for every card of late.
  const calendar =
    calendars.get(timeZone) ?? new Intl.DateTimeFormat("en-CA", { timeZone, dateStyle: "short" });
  calendars.set(timeZone, calendar);
  return calendar.format(instant);
}

/** Whole days from one date to another; negative when `day` is past. */
export function daysBetween(today: string, day: string): number {
  return Math.round((Date.parse(day) - Date.parse(today)) / DAY);
}

export function makeFormat(language: Language, timeZone?: string) {
  const tag = TAG[language];
  const dates = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(tag, options);
  const dayMonth = dates({ day: "numeric", month: "short", timeZone: "UTC" });
  const dayMonthYear = dates({ day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
  const month = dates({ month: "long", year: "numeric", timeZone: "UTC" });
  const weekday = dates({ weekday: "long", day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
  const moment = dates({ day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", timeZone });
  const fullMoment = dates({ dateStyle: "long", timeStyle: "short", timeZone });
  const clock = dates({ hour: "2-digit", minute: "2-digit", timeZone });
  const relative = new Intl.RelativeTimeFormat(tag, { numeric: "auto", style: "short" });
  const numbers = new Intl.NumberFormat(tag, { maximumFractionDigits: 1 });
  const span = (unit: "day" | "hour" | "minute") =>
    new Intl.NumberFormat(tag, { style: "unit", unit, unitDisplay: "long" });
  const spans = { day: span("day"), hour: span("hour"), minute: span("minute") };
  const lists = new Intl.ListFormat(tag, { type: "conjunction" });
  const options = new Intl.ListFormat(tag, { type: "disjunction" });
  const regions = new Intl.DisplayNames(tag, { type: "region" });
  const today = () => dayIn(timeZone, new Date());

  return {
    language,
    today,
    /** A calendar day: the year only when it isn't this one. */
    date: (day: string) =>
      (day.slice(0, 4) === today().slice(0, 4) ? dayMonth : dayMonthYear).format(new Date(day)),
    month: (day: string) => month.format(new Date(day)),
    longDate: (day: string) => weekday.format(new Date(day)),
    moment: (instant: string) => moment.format(new Date(instant)),
    fullMoment: (instant: string) => fullMoment.format(new Date(instant)),
    /** "just now", "5 min ago", "14:05", then the day. */
    ago: (instant: string, now = Date.now()) => {
      const seconds = Math.round((Date.parse(instant) - now) / 1000);
      if (seconds > -45) return JUST_NOW[language];
      if (seconds > -3600) return relative.format(Math.round(seconds / 60), "minute");
      if (dayIn(timeZone, new Date(instant)) === dayIn(timeZone, new Date(now)))
        return clock.format(new Date(instant));
      return moment.format(new Date(instant));
    },
    /** "14:05" for a moment of today, else with its day. */
    clock: (instant: string) =>
      (dayIn(timeZone, new Date(instant)) === today() ? clock : moment).format(new Date(instant)),
    /** "3 days", "5 hours", "12 minutes": the largest unit that fits. */
    lasting: (from: string, to: string) => {
      const minutes = Math.max(1, Math.round((Date.parse(to) - Date.parse(from)) / 60_000));
      if (minutes < 60) return spans.minute.format(minutes);
      if (minutes < 48 * 60) return spans.hour.format(Math.round(minutes / 60));
      return spans.day.format(Math.round(minutes / 1440));
    },
    /** "in 9 days", "tomorrow". */
    inDays: (days: number) => relative.format(days, "day"),
    /** What the clocks show where somebody else is. */
    clockIn: (zone: string, now = new Date()) =>
      dates({ hour: "2-digit", minute: "2-digit", timeZone: zone || "UTC" }).format(now),
    number: (value: number) => numbers.format(value),
    list: (items: string[]) => lists.format(items),
    either: (items: string[]) => options.format(items),
    country: (code: string) => (/^[A-Z]{2}$/.test(code) ? (regions.of(code) ?? code) : code),
  };
}
