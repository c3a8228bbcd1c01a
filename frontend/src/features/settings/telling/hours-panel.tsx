import { Switch } from "@mantine/core";
import "@mantine/core/styles/Switch.layer.css";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { get, send } from "../../../api/client";
import type { Attention } from "../../../api/ways-types";
import { useFormat } from "../../../i18n/format";
import { useText } from "../../../i18n/language";
import { useMe } from "../../../live/hooks";
import { Field } from "../../../ui/field";
import { Panel } from "../../../ui/panel";
import { Picker } from "../../../ui/picker";
import { QueryFailed } from "../../../ui/query-failed";
import { RefusalLine } from "../../../ui/refusal-line";
import { Spinner } from "../../../ui/spinner";
import { ToggleChip } from "../../../ui/toggle-chip";
import { useSubmit } from "../../../ui/use-submit";
import { DigestFields } from "./digest-fields";
import styles from "./telling.module.css";
import { TimeField } from "./time-field";
import { useWeekdays } from "./use-weekdays";

const BUNDLES = [0, 5, 15, 30, 60];
const NIGHT = { quiet_from: "20:00", quiet_until: "08:00" };

/** Quiet hours, working days, the bundle and the digest; each takes effect as soon as it is chosen. */
export function HoursPanel() {
  const text = useText();
  const client = useQueryClient();
  const form = useSubmit();
  const { data, error, refetch } = useQuery({
    queryKey: ["attention"],
    queryFn: () => get<Attention>("/me/attention"),
  });
  const set = (change: Partial<Attention>) =>
    void form.submit(async () => {
      client.setQueryData(["attention"], await send<Attention>("PATCH", "/me/attention", { body: change }));
    });
  return (
    <Panel title={text("telling.hours")}>
      {!data && (error ? <QueryFailed onRetry={refetch} /> : <Spinner />)}
      {data && (
        <div className={styles.form}>
          <QuietFields hours={data} set={set} />
          <DayFields hours={data} set={set} />
          <Field label={text("telling.bundle")} hint={text("telling.bundle_hint")}>
            {() => (
              <Picker
                label={text("telling.bundle")}
                look="field"
                choices={BUNDLES.map((id) => ({
                  id,
                  name: id ? text("telling.minutes", { count: id }) : text("telling.at_once"),
                }))}
                chosen={[data.bundle_minutes]}
                onChange={([minutes]) => set({ bundle_minutes: Number(minutes) })}
              >
                {data.bundle_minutes
                  ? text("telling.minutes", { count: data.bundle_minutes })
                  : text("telling.at_once")}
              </Picker>
            )}
          </Field>
          <DigestFields hours={data} set={set} />
        </div>
      )}
      <RefusalLine reason={form.reason} />
    </Panel>
  );
}

export type HoursProps = { hours: Attention; set: (change: Partial<Attention>) => void };

function QuietFields({ hours, set }: HoursProps) {
  const text = useText();
  const format = useFormat();
  const me = useMe();
  const isQuiet = hours.quiet_from !== null;
  const zone = `${me.time_zone.replaceAll("_", " ")}, ${format.clockIn(me.time_zone)}`;
  return (
    <>
      <Switch
        label={text("telling.quiet")}
        description={text("telling.quiet_hint", { zone })}
        checked={isQuiet}
        onChange={() => set(isQuiet ? { quiet_from: null, quiet_until: null } : NIGHT)}
      />
      {isQuiet && (
        <div className={styles.times}>
          <TimeField
            label={text("telling.from")}
            time={hours.quiet_from}
            onChange={(quiet_from) => set({ quiet_from })}
          />
          <TimeField
            label={text("telling.until")}
            time={hours.quiet_until}
            onChange={(quiet_until) => set({ quiet_until })}
          />
        </div>
      )}
      <Switch
        label={text("telling.urgent")}
        description={text("telling.urgent_hint")}
        checked={hours.urgent_in_quiet}
        onChange={() => set({ urgent_in_quiet: !hours.urgent_in_quiet })}
      />
    </>
  );
}

function DayFields({ hours, set }: HoursProps) {
  const text = useText();
  const weekdays = useWeekdays("short");
  const days = hours.working_days;
  return (
    <Field label={text("telling.days")} hint={text("telling.days_hint")}>
      {() => (
        <div className={styles.days}>
          {weekdays.map(({ day, name }) => (
            <ToggleChip
              key={day}
              isOn={days.includes(day)}
              onChange={(isOn) =>
                set({ working_days: isOn ? [...days, day] : days.filter((other) => other !== day) })
              }
            >
              {name}
            </ToggleChip>
          ))}
        </div>
      )}
    </Field>
  );
}
