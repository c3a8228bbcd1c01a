import { addDays } from "./days";

/** One way of reading what was typed, in either language; null where it isn't the way. Several days: it can mean each. */
type Way = (typed: string, today: string) => string[] | null;

const NUMBERS: Record<string, number> = {
  a: 1, an: 1, one: 1, two: 2, three: 3, four: 4, five: 5, six: 6, seven: 7, eight: 8, nine: 9, ten: 10,
}; // biome-ignore format: a table
const DIGITS = "零一二三四五六七八九";
const WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
const WEEKDAY =
  "mon(?:day)?|tues?(?:day)?|wed(?:nesday)?|thu(?:rs?)?(?:day)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?";
const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const MONTH =
  "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?";
const CHINESE_WEEK = "(?:周|星期|礼拜)";

/**
 * The days that typed words can mean, as "2026-12-04": none where they are not understood, several where they are
 * ambiguous. Weeks begin on Monday; "next Friday" and 下周五 are in the week after this one; a day without a year is the
 * next one to come.
 */
export function readDay(typed: string, today: string): string[] {
  const plain = typed
    .normalize("NFKC")
    .toLowerCase()
    .trim()
    .replace(/[,，。]/g, " ")
    .replace(/\s+/g, " ");
  if (!plain || plain.length > 40) return [];
  for (const way of WAYS) {
    const days = way(plain, today);
    if (days) return [...new Set(days)];
  }
  return [];
}

// --- days ---

const parts = (day: string) => day.split("-").map(Number) as [number, number, number];
/** Monday is 0. */
const weekdayOf = (day: string) => (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;
const mondayOf = (day: string) => addDays(day, -weekdayOf(day));

/** The day if there is one: there is no 30 February. */
function dayOf(year: number, month: number, day: number): string[] {
  if (year < 1900 || year > 2200) return [];
  const found = new Date(Date.UTC(year, month - 1, day));
  const exists = found.getUTCMonth() === month - 1 && found.getUTCDate() === day;
  return exists ? [found.toISOString().slice(0, 10)] : [];
}

/** So many months later; the last day of a shorter month. */
function addMonths(day: string, count: number): string {
  const [year, month, date] = parts(day);
  const last = new Date(Date.UTC(year, month + count, 0));
  return last.toISOString().slice(0, 8) + String(Math.min(date, last.getUTCDate())).padStart(2, "0");
}

const lastOfMonth = (day: string, count = 0) => {
  const [year, month] = parts(day);
  return new Date(Date.UTC(year, month + count, 0)).toISOString().slice(0, 10);
};

function nextOf(month: number, day: number, today: string): string[] {
  const [year] = parts(today);
  const [here] = dayOf(year, month, day);
  if (here && here >= today) return [here];
  return dayOf(year + 1, month, day);
}

function later(count: number, unit: string, today: string): string {
  if (/^(d|天|日)/.test(unit)) return addDays(today, count);
  if (/^(w|周|星期|礼拜)/.test(unit)) return addDays(today, 7 * count);
  return addMonths(today, /^(y|年)/.test(unit) ? 12 * count : count);
}

function inWeek(weekday: number, weeks: number, today: string): string {
  return addDays(mondayOf(today), 7 * weeks + weekday);
}

const coming = (weekday: number, today: string) => addDays(today, ((weekday - weekdayOf(today) + 6) % 7) + 1);

/** "3", "三", "十二", "二十一", 两. */
function chineseNumber(words: string): number {
  if (/^\d+$/.test(words)) return Number(words);
  const plain = words.replaceAll("两", "二");
  const [tens, ones] = plain.includes("十") ? plain.split("十") : ["", plain];
  const ten = plain.includes("十") ? 10 * (tens ? DIGITS.indexOf(tens) : 1) : 0;
  return ten + (ones ? DIGITS.indexOf(ones) : 0);
}

const chineseWeekday = (word: string) => (/[日天7]/.test(word) ? 6 : chineseNumber(word) - 1);

// --- ways ---

const match = (pattern: RegExp, act: (found: string[], today: string) => string[]): Way => {
  const whole = new RegExp(`^(?:${pattern.source})$`, "u");
  return (typed, today) => {
    const found = whole.exec(typed);
    return (
      found &&
      act(
        [...found].map((part) => part ?? ""),
        today,
      )
    );
  };
};
const NAMED: Record<string, number> = {
  today: 0, tod: 0, now: 0, tomorrow: 1, tmr: 1, tmrw: 1, tom: 1, yesterday: -1, "day after tomorrow": 2,
  今天: 0, 今日: 0, 明天: 1, 明日: 1, 后天: 2, 大后天: 3, 昨天: -1, 前天: -2,
}; // biome-ignore format: a table
const N = "[0-9]{1,3}|[一二两三四五六七八九十]{1,3}";
const weekdayIn = (word: string) => WEEKDAYS.indexOf(word.slice(0, 3));
const monthIn = (word: string) => MONTHS.indexOf(word.slice(0, 3)) + 1;
const englishNumber = (word: string) => NUMBERS[word] ?? Number(word);
const weeksIn = (word: string) =>
  word.startsWith("下") ? [...word].filter((one) => one === "下").length : 0;

const WAYS: Way[] = [
  (typed, today) => (typed in NAMED ? [addDays(today, NAMED[typed] as number)] : null),
  // 2026-12-03, 2026/12/3, 2026年12月3日
  match(/(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})[日号]?/, ([, y, m, d]) =>
    dayOf(Number(y), Number(m), Number(d)),
  ),
  // 3/12 is the third of December or the twelfth of March: both are offered
  match(/(\d{1,2})[/.](\d{1,2})/, ([, a, b], today) => [
    ...nextOf(Number(b), Number(a), today),
    ...nextOf(Number(a), Number(b), today),
  ]),
  match(/(\d{1,2})[/.](\d{1,2})[/.](\d{4})/, ([, a, b, y]) => [
    ...dayOf(Number(y), Number(b), Number(a)),
    ...dayOf(Number(y), Number(a), Number(b)),
  ]),
  match(
    new RegExp(`(?:(?:${WEEKDAY}) )?(\\d{1,2})(?:st|nd|rd|th)?(?: of)? ?(${MONTH})(?: (\\d{4}))?`),
    ([, d, m = "", y], today) =>
      y ? dayOf(Number(y), monthIn(m), Number(d)) : nextOf(monthIn(m), Number(d), today),
  ),
  match(new RegExp(`(${MONTH}) (\\d{1,2})(?:st|nd|rd|th)?(?: (\\d{4}))?`), ([, m = "", d, y], today) =>
    y ? dayOf(Number(y), monthIn(m), Number(d)) : nextOf(monthIn(m), Number(d), today),
  ),
  match(new RegExp(`(${WEEKDAY})`), ([, day = ""], today) => [coming(weekdayIn(day), today)]),
  match(new RegExp(`(this|next|last) (${WEEKDAY})`), ([, which = "", day = ""], today) => [
    inWeek(weekdayIn(day), { this: 0, next: 1, last: -1 }[which] ?? 0, today),
  ]),
  match(
    /(?:in )?(\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten) ?(d|days?|w|wks?|weeks?|m|months?|y|years?)/,
    ([, n = "", unit = ""], today) => [later(englishNumber(n), unit, today)],
  ),
  match(/(\d{1,3}|an?|one|two|three) (days?|weeks?|months?) ago/, ([, n = "", unit = ""], today) => [
    later(-englishNumber(n), unit, today),
  ]),
  match(/next week/, (_, today) => [inWeek(0, 1, today)]),
  match(/next month/, (_, today) => [addDays(lastOfMonth(today), 1)]),
  match(/(?:end of (?:the )?week|eow)/, (_, today) => [inWeek(4, 0, today)]),
  match(/(?:end of (?:the )?month|eom)/, (_, today) => [lastOfMonth(today)]),
  match(/(?:end of (?:the )?year|eoy)/, (_, today) => dayOf(parts(today)[0], 12, 31)),
  // 中文
  match(new RegExp(`(\\d{1,2}|[一二三四五六七八九十]{1,2})月(${N})[日号]?`), ([, m = "", d = ""], today) =>
    nextOf(chineseNumber(m), chineseNumber(d), today),
  ),
  match(new RegExp(`(?:(本|这个?|下个?)月)?(${N})[日号]`), ([, which = "", d = ""], today) => {
    const [year, month] = parts(which.startsWith("下") ? addDays(lastOfMonth(today), 1) : today);
    const [here] = dayOf(year, month, chineseNumber(d));
    if (which || (here && here >= today)) return here ? [here] : [];
    const [nextYear, nextMonth] = parts(addDays(lastOfMonth(today), 1));
    return dayOf(nextYear, nextMonth, chineseNumber(d));
  }),
  match(
    new RegExp(`(本|这个?|下个?|下下个?|上个?)?${CHINESE_WEEK}([一二三四五六日天1-7])`),
    ([, which = "", day = ""], today) => {
      if (!which) return [coming(chineseWeekday(day), today)];
      return [inWeek(chineseWeekday(day), which.startsWith("上") ? -1 : weeksIn(which), today)];
    },
  ),
  match(
    new RegExp(`(${N})(个)?(天|日|周|星期|礼拜|月|年)(?:之?后|以后)`),
    ([, n = "", , unit = ""], today) => [later(chineseNumber(n), unit, today)],
  ),
  match(/半个月(?:之?后|以后)/, (_, today) => [addDays(today, 15)]),
  match(new RegExp(`(下个?|下下个?)${CHINESE_WEEK}`), ([, which = ""], today) => [
    inWeek(0, weeksIn(which), today),
  ]),
  match(/(本周|这周)?周末/, (_, today) => [inWeek(5, 0, today)]),
  match(/下个?月/, (_, today) => [addDays(lastOfMonth(today), 1)]),
  match(/(?:本|这个?)?月底/, (_, today) => [lastOfMonth(today)]),
  match(/下个?月底/, (_, today) => [lastOfMonth(today, 1)]),
  match(/年底/, (_, today) => dayOf(parts(today)[0], 12, 31)),
];
