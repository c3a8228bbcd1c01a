import { Popover } from "@mantine/core";
import { DatePicker } from "@mantine/dates";
import "@mantine/dates/styles.layer.css";
import "dayjs/locale/zh-cn";
import { type ReactNode, useState } from "react";
import { addDays } from "../i18n/days";
import { useFormat } from "../i18n/format";
import { useLocale } from "../i18n/language";
import styles from "./date-field.module.css";
import pickerStyles from "./picker.module.css";
import { TypedDay } from "./typed-day";

type DateFieldProps = {
  label: string;
  day: string | null;
  onChange: (day: string | null) => void;
  look?: "field" | "plain";
  /** The days from which and until which one may choose. */
  from?: string | null;
  until?: string | null;
  isDisabled?: boolean;
  children?: ReactNode;
};

/** A day, or none: a calendar in the reader's language whose week begins on Monday, and the days people mean most. */
export function DateField({ label, day, onChange, look = "plain", ...rest }: DateFieldProps) {
  const { language, text } = useLocale();
  const format = useFormat();
  const [isOpen, setOpen] = useState(false);
  const today = format.today();
  const pick = (chosen: string | null) => {
    setOpen(false);
    if (chosen !== day) onChange(chosen);
  };
  const shown = day ? format.date(day) : text("forms.no_date");
  const near = [
    [text("due.today"), today],
    [text("due.tomorrow"), addDays(today, 1)],
    [text("forms.in_a_week"), addDays(today, 7)],
  ] as const;
  const isWithin = (one: string) => !(rest.from && one < rest.from) && !(rest.until && one > rest.until);
  return (
    <Popover opened={isOpen} onChange={setOpen} position="bottom-start" trapFocus returnFocus withinPortal>
      <Popover.Target>
        <button
          type="button"
          className={`${pickerStyles.button} ${pickerStyles[look]}`}
          title={day ? format.longDate(day) : undefined}
          disabled={rest.isDisabled}
          onClick={() => setOpen(!isOpen)}
        >
          <span className="sr-only">{label}: </span>
          {rest.children || <span className={day ? "" : styles.none}>{shown}</span>}
        </button>
      </Popover.Target>
      <Popover.Dropdown className={styles.dropdown} aria-label={label}>
        <TypedDay label={label} isWithin={isWithin} onPick={pick} />
        <DatePicker
          value={day}
          defaultDate={day ?? today}
          onChange={pick}
          locale={language === "en" ? "en" : "zh-cn"}
          minDate={rest.from ?? undefined}
          maxDate={rest.until ?? undefined}
          monthLabelFormat={(month) => format.month(month)}
          highlightToday
          classNames={{ day: styles.day }}
          ariaLabels={{ previousMonth: text("forms.previous_month"), nextMonth: text("forms.next_month") }}
        />
        <div className={styles.near}>
          {near
            .filter(([, one]) => isWithin(one))
            .map(([word, one]) => (
              <button key={one} type="button" onClick={() => pick(one)}>
                {word}
              </button>
            ))}
          {day && (
            <button type="button" onClick={() => pick(null)}>
              {text("forms.clear")}
            </button>
          )}
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}
