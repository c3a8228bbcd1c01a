import { useState } from "react";
import { useFormat } from "../../i18n/format";
import { useText } from "../../i18n/language";
import { changeTask } from "../../live/commands";
import { isComposing } from "../../ui/composing";
import { useCard } from "./card-context";
import styles from "./fields.module.css";
import { readHours } from "./read-hours";

/** Hours of work: "24" and "24 h" when it isn't being typed. Nothing is no estimate. */
export function EstimateField() {
  const { store, task, canWork } = useCard();
  const text = useText();
  const format = useFormat();
  const hours = task.estimate === null ? "" : format.number(Number(task.estimate));
  const [typed, setTyped] = useState<string | null>(null);
  const keep = () => {
    const read = readHours(typed ?? hours);
    setTyped(null);
    if (read === undefined || Number(read ?? -1) === Number(task.estimate ?? -1)) return;
    changeTask(store, task.id, { estimate: read });
  };
  return (
    <input
      className={styles.hours}
      inputMode="decimal"
      aria-label={text("card.estimate_hours")}
      placeholder={text("card.no_estimate")}
      disabled={!canWork}
      value={typed ?? (hours && text("unit.hours", { hours }))}
      onFocus={(event) => {
        setTyped(hours);
        const input = event.currentTarget;
        requestAnimationFrame(() => input.select());
      }}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={keep}
      onKeyDown={(event) => {
        if (isComposing(event)) return;
        if (event.key === "Enter") event.currentTarget.blur();
        if (event.key !== "Escape") return;
        event.preventDefault();
        setTyped(hours);
        event.currentTarget.value = hours;
      }}
    />
  );
}
