import { useText } from "../../i18n/language";
import { Field } from "../../ui/field";
import { Picker } from "../../ui/picker";

/** Where one's days begin and end. */
export function TimeZonePicker({ zone, onChange }: { zone: string; onChange: (zone: string) => void }) {
  const text = useText();
  const zones = ["UTC", ...Intl.supportedValuesOf("timeZone").filter((one) => one !== "UTC")];
  return (
    <Field label={text("settings.time_zone")} hint={text("settings.time_zone_hint")}>
      {() => (
        <Picker
          label={text("settings.time_zone")}
          look="field"
          choices={zones.map((id) => ({ id, name: id.replaceAll("_", " ") }))}
          chosen={[zone]}
          onChange={([chosen]) => chosen && onChange(String(chosen))}
        >
          {zone.replaceAll("_", " ")}
        </Picker>
      )}
    </Field>
  );
}
