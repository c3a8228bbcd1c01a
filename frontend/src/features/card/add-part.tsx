import { type KeyboardEvent, useState } from "react";
import { useText } from "../../i18n/language";
import { addTask } from "../../live/commands";
import { isComposing } from "../../ui/composing";
import { useCard } from "./card-context";
import styles from "./checklist.module.css";

/** Enter makes a card that is a part of this one, in the board's first column, and leaves the field ready for the next. */
export function AddPart() {
  const { store, task, statuses } = useCard();
  const text = useText();
  const [typed, setTyped] = useState("");
  const first = statuses[0];
  const onKeyDown = (event: KeyboardEvent) => {
    if (isComposing(event)) return;
    if (event.key === "Escape" && typed) {
      event.preventDefault();
      setTyped("");
    }
    if (event.key !== "Enter" || !typed.trim() || !first) return;
    event.preventDefault();
    addTask(store, first.id, typed.trim(), { parent: task.id, function: task.function });
    setTyped("");
  };
  return (
    <div className={styles.add}>
      <input
        value={typed}
        maxLength={300}
        placeholder={text("card.add_part")}
        aria-label={text("card.add_part")}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
    </div>
  );
}
