import { Switch, TextInput } from "@mantine/core";
import "@mantine/core/styles/InlineInput.layer.css";
import "@mantine/core/styles/Switch.layer.css";
import { useState } from "react";
import { send } from "../../api/client";
import type { Person } from "../../api/types";
import { useText } from "../../i18n/language";
import { useNameOf, useWorkspace } from "../../live/hooks";
import { Field } from "../../ui/field";
import { FormDialog } from "../../ui/form-dialog";
import { FunctionPicker } from "../../ui/function-picker";
import page from "../../ui/page.module.css";
import { useSubmit } from "../../ui/use-submit";

const TEXTS = ["name", "name_zh", "title", "title_zh", "hours_per_day"] as const;
const FLAGS = ["is_overseer", "is_administrator"] as const;

/** What an administrator may change about somebody. Only what was changed is sent. */
export function PersonDialog({ person, onClose }: { person: Person; onClose: () => void }) {
  const text = useText();
  const nameOf = useNameOf();
  const { functions } = useWorkspace();
  const form = useSubmit([...TEXTS, "function"]);
  const [draft, setDraft] = useState({ ...person, hours_per_day: String(Number(person.hours_per_day)) });
  const save = async () => {
    const fields = [...TEXTS, ...FLAGS, "function"] as const;
    const before = { ...person, hours_per_day: String(Number(person.hours_per_day)) };
    const changed = fields.filter((field) => draft[field] !== before[field]);
    const body = Object.fromEntries(changed.map((field) => [field, draft[field]]));
    if (await form.submit(() => send("PATCH", `/people/${person.id}`, { body }))) onClose();
  };
  return (
    <FormDialog
      title={nameOf(person)}
      lead={person.email}
      submit={text("action.save")}
      isBusy={form.isBusy}
      reason={form.reason}
      onSubmit={save}
      onClose={onClose}
      size={600}
    >
      <div className={page.two}>
        {TEXTS.map((field) => (
          <TextInput
            key={field}
            label={text(`settings.person_${field}`)}
            value={draft[field]}
            onChange={(event) => setDraft({ ...draft, [field]: event.currentTarget.value })}
            error={form.reasonOf(field)}
            required={field === "name"}
            inputMode={field === "hours_per_day" ? "decimal" : undefined}
          />
        ))}
        <Field label={text("account.function")} reason={form.reasonOf("function")}>
          {() => (
            <FunctionPicker
              label={text("account.function")}
              look="field"
              functions={functions}
              chosen={draft.function}
              onChange={(chosen) => setDraft({ ...draft, function: chosen })}
            />
          )}
        </Field>
      </div>
      {FLAGS.map((flag) => (
        <Switch
          key={flag}
          label={text(`settings.${flag}`)}
          description={text(`settings.${flag}_hint`)}
          checked={draft[flag]}
          onChange={(event) => setDraft({ ...draft, [flag]: event.currentTarget.checked })}
        />
      ))}
    </FormDialog>
  );
}
