import type { AccountRow } from "../../api/types";
import { useLocale } from "../../i18n/language";

/** An account's industry in the reader's language, where somebody wrote it. */
export function useIndustry() {
  const { language } = useLocale();
  return ({ industry, industry_zh }: Pick<AccountRow, "industry" | "industry_zh">) =>
    (language === "zh-Hans" && industry_zh) || industry || industry_zh;
}
