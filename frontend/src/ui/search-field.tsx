import { TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import styles from "./search-field.module.css";

/** Narrows a list while one types. */
export function SearchField({
  label,
  value,
  onChange,
}: {
  label: string;
  value: string;
  /** Hears too whether it is composed: an input method may still be at it. */
  onChange: (value: string, isComposed?: boolean) => void;
}) {
  return (
    <TextInput
      type="search"
      size="xs"
      className={styles.search}
      leftSection={<IconSearch size={14} stroke={1.8} aria-hidden />}
      aria-label={label}
      placeholder={label}
      value={value}
      onChange={(event) =>
        onChange(event.currentTarget.value, !(event.nativeEvent as InputEvent).isComposing)
      }
      onCompositionEnd={(event) => onChange(event.currentTarget.value, true)}
    />
  );
}
