import type { Language, Me, ThemeChoice } from "../../api/types";
import { languageNames } from "../../i18n/catalogue";
import { useText } from "../../i18n/language";
import { useMe } from "../../live/hooks";
import { changeMe } from "../../live/session";
import { Field } from "../../ui/field";
import page from "../../ui/page.module.css";
import { Panel } from "../../ui/panel";
import { Picker } from "../../ui/picker";
import { RefusalLine } from "../../ui/refusal-line";
import { useSubmit } from "../../ui/use-submit";
import styles from "./settings-page.module.css";
import { TimeZonePicker } from "./time-zone-picker";

const THEMES = ["system", "light", "dark"] as const;

/** Language, appearance and time zone; each takes effect as soon as it is chosen. */
export function AppearancePanel() {
  const text = useText();
  const me = useMe();
  const form = useSubmit();
  const set = (change: Partial<Me>) => void form.submit(() => changeMe(change));
  return (
    <Panel title={text("settings.appearance")}>
      <div className={styles.form}>
        <div className={page.two}>
          <Field label={text("nav.language")}>
            {() => (
              <Picker
                label={text("nav.language")}
                look="field"
                choices={languageNames.map(({ language, name }) => ({ id: language, name }))}
                chosen={[me.language]}
                onChange={([language]) => language && set({ language: language as Language })}
              >
                {languageNames.find(({ language }) => language === me.language)?.name}
              </Picker>
            )}
          </Field>
          <Field label={text("nav.theme")}>
            {() => (
              <Picker
                label={text("nav.theme")}
                look="field"
                choices={THEMES.map((id) => ({ id, name: text(`nav.theme_${id}`) }))}
                chosen={[me.theme]}
                onChange={([theme]) => theme && set({ theme: theme as ThemeChoice })}
              >
                {text(`nav.theme_${me.theme}`)}
              </Picker>
            )}
          </Field>
        </div>
        <TimeZonePicker zone={me.time_zone} onChange={(time_zone) => set({ time_zone })} />
        <RefusalLine reason={form.reason} />
      </div>
    </Panel>
  );
}
