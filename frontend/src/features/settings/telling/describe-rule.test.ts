import { expect, test } from "vitest";
import { currentLocale, loadMoreWords, setLanguage } from "../../../i18n/language";
import { describeRule } from "./describe-rule";

test.each([
  [
    "en",
    ["Every hour", "Every 6 hours", "Every minute", "Every 30 seconds", "Daily at 03:30 UTC", "at noon"],
  ],
  ["zh-Hans", ["每小时", "每6小时", "每分钟", "每30秒钟", "每天03:30 UTC", "at noon"]],
] as const)("rules read as one would say them, in %s", async (language, said) => {
  await setLanguage(language);
  await loadMoreWords();
  const rules = ["every 3600 s", "every 21600 s", "every 60 s", "every 30 s", "daily 03:30 UTC", "at noon"];
  expect(rules.map((rule) => describeRule(rule, language, currentLocale().text))).toEqual(said);
});
