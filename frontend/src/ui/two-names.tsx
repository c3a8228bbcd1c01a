import { TextInput } from "@mantine/core";
import type { Named } from "../api/types";
import { useLocale } from "../i18n/language";

type TwoNamesProps = {
  names: Named;
  onChange: (change: Partial<Named>) => void;
  reasonOf: (field: string) => string | undefined;
  maxLength: number;
  hasFocus?: boolean;
};

/**
 * The two names of what is set up. The reader's own language comes first, and is enough: who writes Chinese only has it
 * stand for the English name as well, which everybody sees who has no Chinese one.
 */
export function TwoNames({ names, onChange, reasonOf, maxLength, hasFocus }: TwoNamesProps) {
  const { language, text } = useLocale();
  const { name, name_zh } = names;
  const isChinese = language === "zh-Hans";
  const isBoth = isChinese && name === name_zh;
  const english = (
    <TextInput
      key="name"
      label={text("settings.english_name")}
      value={isBoth ? "" : name}
      onChange={({ currentTarget: { value } }) => onChange({ name: isChinese ? value || name_zh : value })}
      error={reasonOf("name")}
      required={!isChinese}
      maxLength={maxLength}
      data-autofocus={hasFocus && !isChinese}
    />
  );
  const chinese = (
    <TextInput
      key="name_zh"
      label={text("settings.chinese_name")}
      value={name_zh}
      onChange={({ currentTarget: { value } }) =>
        onChange(isBoth ? { name: value, name_zh: value } : { name_zh: value })
      }
      error={reasonOf("name_zh")}
      required={isBoth}
      maxLength={maxLength}
      data-autofocus={hasFocus && isChinese}
    />
  );
  return isChinese ? [chinese, english] : [english, chinese];
}
