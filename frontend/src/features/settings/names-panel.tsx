import { Button, TextInput } from "@mantine/core";
import { useState } from "react";
import { useText } from "../../i18n/language";
import { useMe } from "../../live/hooks";
import { changeMe } from "../../live/session";
import { holdWhileComposing } from "../../ui/form-dialog";
import page from "../../ui/page.module.css";
import { Panel } from "../../ui/panel";
import { RefusalLine } from "../../ui/refusal-line";
import { useSubmit } from "../../ui/use-submit";
import styles from "./settings-page.module.css";

/** How colleagues see one: both names, and how many hours a day there are to plan with. */
export function NamesPanel() {
  const text = useText();
  const me = useMe();
  const form = useSubmit(["name", "name_zh", "hours_per_day"]);
  const [draft, setDraft] = useState({
    name: me.name,
    name_zh: me.name_zh,
    hours_per_day: String(Number(me.hours_per_day)),
  });
  const [isSaved, setSaved] = useState(false);
  const set = (change: Partial<typeof draft>) => {
    setDraft({ ...draft, ...change });
    setSaved(false);
  };
  const save = async () => {
    if (await form.submit(() => changeMe(draft))) setSaved(true);
  };
  return (
    <Panel title={text("settings.you")} aside={me.email}>
      <form
        className={styles.form}
        onKeyDown={holdWhileComposing}
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <div className={page.two}>
          <TextInput
            label={text("settings.name")}
            value={draft.name}
            onChange={(event) => set({ name: event.currentTarget.value })}
            error={form.reasonOf("name")}
            required
            maxLength={120}
          />
          <TextInput
            label={text("settings.name_zh")}
            value={draft.name_zh}
            onChange={(event) => set({ name_zh: event.currentTarget.value })}
            error={form.reasonOf("name_zh")}
            maxLength={120}
          />
          <TextInput
            label={text("settings.hours")}
            description={text("settings.hours_hint")}
            value={draft.hours_per_day}
            inputMode="decimal"
            pattern="[0-9]{1,2}([.][0-9]{1,2})?"
            onChange={(event) => set({ hours_per_day: event.currentTarget.value })}
            error={form.reasonOf("hours_per_day")}
            required
          />
        </div>
        <RefusalLine reason={form.reason} />
        <div className={styles.actions}>
          <Button type="submit" size="xs" loading={form.isBusy}>
            {text("action.save")}
          </Button>
          <span role="status" className={styles.saved}>
            {isSaved && text("forms.saved")}
          </span>
        </div>
      </form>
    </Panel>
  );
}
