import { Button, TextInput } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { send } from "../../api/client";
import type { Project } from "../../api/types";
import { useText } from "../../i18n/language";
import { useNameOf } from "../../live/hooks";
import { useAccounts, useRefresh } from "../../live/query-hooks";
import { Field } from "../../ui/field";
import { holdWhileComposing } from "../../ui/form-dialog";
import page from "../../ui/page.module.css";
import { Panel } from "../../ui/panel";
import { Picker } from "../../ui/picker";
import { RefusalLine } from "../../ui/refusal-line";
import { useSubmit } from "../../ui/use-submit";
import { InitiativeFields } from "./initiative-fields";
import styles from "./initiative-settings-page.module.css";

const FIELDS = ["key", "account", "name", "name_zh", "summary", "functions", "lead", "start", "due"] as const;
type Facts = Pick<Project, (typeof FIELDS)[number]>;

/** Name, key, customer, summary, lead, functions and dates. Only what was changed is sent. */
export function FactsForm({ project }: { project: Project }) {
  const text = useText();
  const nameOf = useNameOf();
  const navigate = useNavigate();
  const refresh = useRefresh();
  const { data: accounts = [] } = useAccounts();
  const form = useSubmit(FIELDS);
  const [before, setBefore] = useState<Facts>(() => factsOf(project));
  const [draft, setDraft] = useState(before);
  const [isSaved, setSaved] = useState(false);
  const set = (change: Partial<Facts>) => {
    setDraft({ ...draft, ...change });
    setSaved(false);
  };
  const changed = FIELDS.filter((field) => String(draft[field]) !== String(before[field]));
  const account = accounts.find(({ id }) => id === draft.account);

  const save = async () => {
    const body = Object.fromEntries(changed.map((field) => [field, draft[field]]));
    const isDone = await form.submit(() => send("PATCH", `/projects/${project.id}`, { body }));
    if (!isDone) return;
    setBefore(draft);
    setSaved(true);
    if (draft.key !== project.key)
      await navigate({ to: "/initiatives/$key/settings", params: { key: draft.key }, replace: true });
    await refresh("project", "projects", "account");
  };
  return (
    <Panel title={text("initiatives.facts")}>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
        onKeyDown={holdWhileComposing}
      >
        <InitiativeFields draft={draft} onChange={set} reasonOf={form.reasonOf} />
        <div className={page.two}>
          <TextInput
            label={text("initiatives.key")}
            description={text("initiatives.key_change_hint")}
            value={draft.key}
            onChange={(event) => set({ key: event.currentTarget.value.toUpperCase() })}
            error={form.reasonOf("key")}
            required
            maxLength={10}
            pattern="[A-Z][A-Z0-9]{0,9}"
          />
          <Field
            label={text("initiatives.account")}
            hint={text("initiatives.account_hint")}
            reason={form.reasonOf("account")}
          >
            {(describedBy) => (
              <Picker
                label={text("initiatives.account")}
                look="field"
                describedBy={describedBy}
                choices={accounts.map((one) => ({ id: one.id, name: nameOf(one), also: one.code }))}
                chosen={draft.account === null ? [] : [draft.account]}
                none={text("initiatives.internal_choice")}
                onChange={([id]) => set({ account: id === undefined ? null : Number(id) })}
              >
                {account ? nameOf(account) : text("initiatives.internal_choice")}
              </Picker>
            )}
          </Field>
        </div>
        <RefusalLine reason={form.reason} />
        <div className={styles.actions}>
          <Button type="submit" size="xs" loading={form.isBusy} disabled={changed.length === 0}>
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

function factsOf(project: Project): Facts {
  return Object.fromEntries(FIELDS.map((field) => [field, project[field]])) as Facts;
}
