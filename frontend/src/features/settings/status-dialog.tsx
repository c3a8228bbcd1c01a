import { Switch, TextInput } from "@mantine/core";
import "@mantine/core/styles/InlineInput.layer.css";
import "@mantine/core/styles/Switch.layer.css";
import { useState } from "react";
import { send } from "../../api/client";
import type { StatusCategory, StatusColour, Workflow, WorkStatus } from "../../api/types";
import { useText } from "../../i18n/language";
import { Field } from "../../ui/field";
import { Picker } from "../../ui/picker";
import { StatusIcon } from "../../ui/status-icon";
import { useSubmit } from "../../ui/use-submit";
import { CATEGORIES, COLOURS } from "./colours";
import { NamedDialog } from "./named-dialog";
import { Swatches } from "./swatches";
import { TouchedCards } from "./touched-cards";
import { touchingOf } from "./touching";
import { useIsAskingWhat } from "./use-touched";

type StatusDialogProps = { workflow: Workflow; status: WorkStatus | null; onClose: () => void };

export function StatusDialog({ workflow, status, onClose }: StatusDialogProps) {
  const text = useText();
  const form = useSubmit(["name", "name_zh", "category", "color", "limit"]);
  const isAsking = useIsAskingWhat();
  const [draft, setDraft] = useState({
    name: status?.name ?? "",
    name_zh: status?.name_zh ?? "",
    category: status?.category ?? ("active" as StatusCategory),
    color: status?.color ?? ("grey" as StatusColour),
    limit: status?.limit ? String(status.limit) : "",
    limit_is_hard: status?.limit_is_hard ?? false,
  });
  const save = async () => {
    const body = { ...draft, limit: draft.limit ? Number(draft.limit) : null };
    return status
      ? send("PATCH", `/statuses/${status.id}`, { body })
      : send("POST", `/workflows/${workflow.id}/statuses`, { body });
  };
  return (
    <NamedDialog
      title={status ? "settings.edit_status" : "settings.add_status"}
      lead={status ? undefined : text("settings.add_status_lead")}
      isNew={!status}
      form={form}
      isBusy={isAsking}
      names={draft}
      onNames={(names) => setDraft({ ...draft, ...names })}
      save={save}
      onClose={onClose}
    >
      <Field
        label={text("settings.category")}
        hint={text("settings.category_hint")}
        reason={form.reasonOf("category")}
      >
        {() => (
          <Picker
            label={text("settings.category")}
            look="field"
            choices={CATEGORIES.map((id) => ({
              id,
              name: text(`category.${id}`),
              icon: <StatusIcon category={id} size={16} />,
            }))}
            chosen={[draft.category]}
            onChange={([id]) => id && setDraft({ ...draft, category: id as StatusCategory })}
          >
            <StatusIcon category={draft.category} color={draft.color} size={16} />
            {text(`category.${draft.category}`)}
          </Picker>
        )}
      </Field>
      <Swatches
        label={text("settings.colour")}
        chosen={draft.color}
        onChange={(color) => setDraft({ ...draft, color: color as StatusColour })}
        reason={form.reasonOf("color")}
        choices={COLOURS.map((id) => ({
          id,
          name: text(`settings.colour_${id}`),
          look: <StatusIcon category={draft.category} color={id} size={18} />,
        }))}
      />
      <TextInput
        label={text("settings.limit")}
        description={text("settings.limit_hint")}
        inputMode="numeric"
        pattern="[1-9][0-9]{0,3}"
        value={draft.limit}
        onChange={(event) => setDraft({ ...draft, limit: event.currentTarget.value })}
        error={form.reasonOf("limit")}
      />
      <Switch
        label={text("settings.is_hard")}
        description={text("settings.is_hard_hint")}
        disabled={!draft.limit}
        checked={draft.limit_is_hard}
        onChange={(event) => setDraft({ ...draft, limit_is_hard: event.currentTarget.checked })}
      />
      {touchingOf(status, draft).map((touching) => (
        <TouchedCards key={touching.by} touching={touching} />
      ))}
    </NamedDialog>
  );
}
