import { Combobox } from "@mantine/core";
import { Glyph } from "./glyph";
import type { Choice } from "./picker";
import styles from "./picker.module.css";

export function PickerOption({
  value,
  choice,
  isChosen,
}: {
  value: string;
  choice: Choice;
  isChosen: boolean;
}) {
  return (
    <Combobox.Option
      value={value}
      active={isChosen}
      disabled={choice.isDisabled}
      aria-selected={isChosen}
      className={styles.option}
    >
      {choice.icon}
      <span className={styles.words}>
        <span>{choice.name}</span>
        {choice.hint && <small>{choice.hint}</small>}
      </span>
      {isChosen && <Glyph name="tick" />}
    </Combobox.Option>
  );
}
