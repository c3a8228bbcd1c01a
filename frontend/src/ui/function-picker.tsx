import type { WorkFunction } from "../api/types";
import { useLocale } from "../i18n/language";
import { nameIn } from "../i18n/names";
import { FunctionBadge } from "./function-badge";
import { type Choice, Picker } from "./picker";

type Functions = ReadonlyMap<number, WorkFunction>;
type FunctionPickerProps = {
  label: string;
  functions: Functions;
  chosen: number | null;
  onChange: (chosen: number | null) => void;
  look?: "field" | "plain";
  isDisabled?: boolean;
};

/** One function, or none. */
export function FunctionPicker({ functions, chosen, onChange, ...rest }: FunctionPickerProps) {
  const { text } = useLocale();
  const choices = useFunctionChoices(functions);
  return (
    <Picker
      {...rest}
      choices={choices}
      chosen={chosen === null ? [] : [chosen]}
      onChange={([id]) => onChange(id === undefined ? null : Number(id))}
      none={text("function.none")}
    >
      <FunctionBadge of={chosen === null ? null : functions.get(chosen)} />
    </Picker>
  );
}

/** Functions in the administrator's order, each with its colour and icon. */
export function useFunctionChoices(functions: Functions): Choice[] {
  const { language } = useLocale();
  return [...functions.values()]
    .sort((a, b) => a.position - b.position || a.id - b.id)
    .map((one) => ({
      id: one.id,
      name: nameIn(language, one),
      also: `${one.name} ${one.name_zh}`,
      icon: <FunctionBadge of={{ ...one, name: "", name_zh: "" }} />,
    }));
}
