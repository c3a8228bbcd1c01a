import { useRef, useState } from "react";
import { isComposing } from "../../ui/composing";
import styles from "./checklist.module.css";

type LineInputProps = {
  label: string;
  start: string;
  onKeep: (words: string) => void;
  onLeave: () => void;
};

/** A line being changed: Enter or leaving keeps it, Esc takes it back. */
export function LineInput({ label, start, onKeep, onLeave }: LineInputProps) {
  const [words, setWords] = useState(start);
  const isLeft = useRef(false);
  return (
    <input
      className={styles.input}
      aria-label={label}
      value={words}
      maxLength={500}
      // biome-ignore lint/a11y/noAutofocus: it appears because somebody clicked these words
      autoFocus
      onChange={(event) => setWords(event.currentTarget.value)}
      onBlur={() => !isLeft.current && onKeep(words.trim())}
      onKeyDown={(event) => {
        if (isComposing(event)) return;
        if (event.key === "Enter") event.currentTarget.blur();
        if (event.key !== "Escape") return;
        event.preventDefault();
        isLeft.current = true;
        onLeave();
      }}
    />
  );
}
