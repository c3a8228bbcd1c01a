import type { Language } from "../../../api/types";
import type { Text } from "../../../i18n/catalogue";

const UNITS = [
  ["hour", 3600],
  ["minute", 60],
  ["second", 1],
] as const;

/** "every 3600 s" and "daily 03:30 UTC", as the server writes rules, in the reader's words. */
export function describeRule(rule: string, language: Language, text: Text): string {
  const seconds = Number(/^every (\d+) s$/.exec(rule)?.[1]);
  const [unit, size] = UNITS.find(([, length]) => seconds % length === 0) ?? UNITS[2];
  if (seconds) {
    const span = new Intl.NumberFormat(language, { style: "unit", unit, unitDisplay: "long" });
    // "Every hour", not "every 1 hour".
    const said = seconds === size ? span.formatToParts(1).filter(({ type }) => type === "unit") : null;
    return text("work.every", {
      span: said ? said.map(({ value }) => value).join("") : span.format(seconds / size),
    });
  }
  const at = /^daily (\d\d:\d\d) UTC$/.exec(rule)?.[1];
  return at ? text("work.daily", { at }) : rule;
}
