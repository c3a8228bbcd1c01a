import { TextInput } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { send } from "../../api/client";
import type { AccountRow, Project, ProjectRow } from "../../api/types";
import { useFormat } from "../../i18n/format";
import { useText } from "../../i18n/language";
import { useMe, useNameOf, useWorkspace } from "../../live/hooks";
import { useRefresh } from "../../live/query-hooks";
import { Field } from "../../ui/field";
import { FormDialog } from "../../ui/form-dialog";
import page from "../../ui/page.module.css";
import { Picker } from "../../ui/picker";
import { useSubmit } from "../../ui/use-submit";
import { InitiativeFields } from "./initiative-fields";
import { suggestKey } from "./suggest-key";

type NewInitiativeFormProps = {
  accounts: AccountRow[];
  account: number | null;
  /** The word for an initiative without an account, where there may be one. */
  internal?: string;
  projects: ProjectRow[];
  onClose: () => void;
};

export function NewInitiativeForm({
  accounts,
  account,
  internal,
  projects,
  onClose,
}: NewInitiativeFormProps) {
  const text = useText();
  const nameOf = useNameOf();
  const format = useFormat();
  const me = useMe();
  const { workflows } = useWorkspace();
  const navigate = useNavigate();
  const refresh = useRefresh();
  const form = useSubmit([
    "key",
    "name",
    "name_zh",
    "account",
    "workflow",
    "functions",
    "lead",
    "start",
    "due",
  ]);
  const [typedKey, setKey] = useState<string | null>(null);
  const [draft, setDraft] = useState({
    account,
    name: "",
    name_zh: "",
    summary: "",
    workflow: [...workflows.values()][0]?.id ?? 0,
    functions: me.function === null ? [] : [me.function],
    lead: me.id as number | null,
    start: format.today() as string | null,
    due: null as string | null,
  });
  const owner = accounts.find(({ id }) => id === draft.account);
  const suggested = suggestKey(owner?.code ?? "", draft.name, new Set(projects.map(({ key }) => key)));
  const key = typedKey ?? suggested;
  const change = (some: Partial<typeof draft>) => setDraft({ ...draft, ...some });
  const workflow = workflows.get(draft.workflow);

  const create = async () => {
    const body = { ...draft, key, state: "active" };
    const isDone = await form.submit(() => send<Project>("POST", "/projects", { body }));
    if (!isDone) return;
    void refresh("projects", "accounts", "account");
    await navigate({ to: "/b/$projectKey", params: { projectKey: key } });
  };
  return (
    <FormDialog
      title={text("initiatives.new")}
      lead={text("initiatives.new_lead")}
      submit={text("initiatives.create")}
      isBusy={form.isBusy}
      reason={form.reason}
      onSubmit={create}
      onClose={onClose}
      size={620}
    >
      <Field label={text("initiatives.account")} reason={form.reasonOf("account")}>
        {(describedBy) => (
          <Picker
            label={text("initiatives.account")}
            look="field"
            describedBy={describedBy}
            isDisabled={account !== null}
            choices={accounts.map((one) => ({
              id: one.id,
              name: nameOf(one),
              also: one.code,
              hint: one.code,
            }))}
            chosen={draft.account === null ? [] : [draft.account]}
            none={internal}
            onChange={([id]) => change({ account: id === undefined ? null : Number(id) })}
          >
            {owner ? nameOf(owner) : internal}
          </Picker>
        )}
      </Field>
      <InitiativeFields draft={draft} onChange={change} reasonOf={form.reasonOf} isNew />
      <div className={page.two}>
        <TextInput
          label={text("initiatives.key")}
          description={text("initiatives.key_hint", { example: `${key || "JL"}-12` })}
          value={key}
          onChange={(event) => setKey(event.currentTarget.value.toUpperCase())}
          error={form.reasonOf("key")}
          required
          maxLength={10}
          pattern="[A-Z][A-Z0-9]{0,9}"
        />
        <Field
          label={text("initiatives.workflow")}
          hint={text("initiatives.workflow_hint")}
          reason={form.reasonOf("workflow")}
        >
          {(describedBy) => (
            <Picker
              label={text("initiatives.workflow")}
              look="field"
              describedBy={describedBy}
              choices={[...workflows.values()].map((one) => ({
                id: one.id,
                name: nameOf(one),
                hint: one.statuses.map(nameOf).join(" → "),
              }))}
              chosen={[draft.workflow]}
              onChange={([id]) => id !== undefined && change({ workflow: Number(id) })}
            >
              {workflow && nameOf(workflow)}
            </Picker>
          )}
        </Field>
      </div>
    </FormDialog>
  );
}
