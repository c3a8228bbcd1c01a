import { type KeyboardEvent, useId, useState } from "react";
import { daysBetween, useFormat } from "../i18n/format";
import { useText } from "../i18n/language";
import { readDay } from "../i18n/read-day";
import { isComposing } from "./composing";
import styles from "./date-field.module.css";

type TypedDayProps = { label: string; isWithin: (day: string) => boolean; onPick: (day: string) => void };

/**
 * A day in words: "next fri", "in 2 weeks", 下周五. What was understood stands below before it is taken; where it can
 * mean two days, one of them has to be chosen.
 */
export function TypedDay({ label, isWithin, onPick }: TypedDayProps) {
  const text = useText();
  const format = useFormat();
  const hint = useId();
  const [typed, setTyped] = useState("");
  const days = readDay(typed, format.today());
  const fitting = days.filter(isWithin);
  const said = !typed.trim()
    ? text("forms.day_hint")
    : days.length === 0
      ? text("forms.day_unknown")
      : fitting.length === 0
        ? text("forms.day_outside", { day: format.longDate(days[0] ?? "") })
        : fitting.length > 1
          ? text("forms.day_which")
          : "";
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || isComposing(event)) return;
    event.preventDefault();
    const [only, other] = fitting;
    if (only && !other) onPick(only);
  };
  return (
    <div className={styles.typed}>
      <input
        value={typed}
        data-autofocus
        autoComplete="off"
        maxLength={40}
        aria-label={text("forms.day_in_words", { field: label })}
        aria-describedby={hint}
        placeholder={text("forms.day_example")}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      <div id={hint} role="status" className={styles.understood}>
        {said && <span>{said}</span>}
        {fitting.map((day) => (
          <button key={day} type="button" onClick={() => onPick(day)}>
            <b>{format.longDate(day)}</b> <small>{format.inDays(daysBetween(format.today(), day))}</small>
          </button>
        ))}
      </div>
    </div>
  );
}
