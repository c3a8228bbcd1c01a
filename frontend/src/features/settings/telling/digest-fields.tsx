import { useFormat } from "../../../i18n/format";
import { useText } from "../../../i18n/language";
import { Field } from "../../../ui/field";
import page from "../../../ui/page.module.css";
import { Picker } from "../../../ui/picker";
import type { HoursProps } from "./hours-panel";
import styles from "./telling.module.css";
import { TimeField } from "./time-field";
import { useWeekdays } from "./use-weekdays";

const DIGESTS = ["daily", "weekly", "off"] as const;

export function DigestFields({ hours, set }: HoursProps) {
  const text = useText();
  const format = useFormat();
  const weekdays = useWeekdays("long");
  return (
    <>
      <div className={styles.times}>
        <Field label={text("telling.digest")}>
          {() => (
            <Picker
              label={text("telling.digest")}
              look="field"
              choices={DIGESTS.map((id) => ({ id, name: text(`telling.digest_${id}`) }))}
              chosen={[hours.digest]}
              onChange={([digest]) => set({ digest: digest as (typeof DIGESTS)[number] })}
            >
              {text(`telling.digest_${hours.digest}`)}
            </Picker>
          )}
        </Field>
        {hours.digest === "weekly" && (
          <Field label={text("telling.digest_day")}>
            {() => (
              <Picker
                label={text("telling.digest_day")}
                look="field"
                choices={weekdays.map(({ day, name }) => ({ id: day, name }))}
                chosen={[hours.digest_day]}
                onChange={([day]) => set({ digest_day: Number(day) })}
              >
                {weekdays.find(({ day }) => day === hours.digest_day)?.name}
              </Picker>
            )}
          </Field>
        )}
        {hours.digest !== "off" && (
          <TimeField
            label={text("telling.digest_at")}
            time={hours.digest_at}
            onChange={(digest_at) => set({ digest_at })}
          />
        )}
      </div>
      {hours.next_digest && (
        <p className={page.small}>
          {text("telling.next_digest", { when: format.fullMoment(hours.next_digest) })}
        </p>
      )}
    </>
  );
}
