import { type KeyboardEvent, useState } from "react";
import { useText } from "../../i18n/language";
import { addItem } from "../../live/card-commands";
import { isComposing } from "../../ui/composing";
import { useCard } from "./card-context";
import styles from "./checklist.module.css";

/** Enter adds a line and leaves the field ready for the next; several pasted lines become as many. */
export function ChecklistAdd() {
  const { store, task } = useCard();
  const text = useText();
  const [typed, setTyped] = useState("");
  const add = (line: string) => {
    if (line.trim()) addItem(store, task, line.trim().slice(0, 500));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape" && typed) {
      event.preventDefault();
      setTyped("");
    }
    if (event.key !== "Enter" || isComposing(event)) return;
    event.preventDefault();
    add(typed);
    setTyped("");
  };
  return (
    <div className={styles.add}>
      <input
        value={typed}
        maxLength={500}
        placeholder={text("card.add_item")}
        aria-label={text("card.add_item")}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onKeyDown={onKeyDown}
        onPaste={(event) => {
          const lines = event.clipboardData
            .getData("text")
            .split(/\r?\n/)
            .filter((line) => line.trim());
          if (lines.length < 2) return;
          event.preventDefault();
          for (const line of lines) add(line);
        }}
      />
    </div>
  );
}
