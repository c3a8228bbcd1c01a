import { useState } from "react";
import { send } from "../../api/client";
import type { Label, MergedLabel } from "../../api/types";
import { useText } from "../../i18n/language";
import { useNameOf } from "../../live/hooks";
import { Field } from "../../ui/field";
import { FormDialog } from "../../ui/form-dialog";
import { LabelChip } from "../../ui/label-chip";
import { Picker } from "../../ui/picker";
import { useSubmit } from "../../ui/use-submit";
import { TouchedCards } from "./touched-cards";
import { useIsAskingWhat } from "./use-touched";

type MergeLabelProps = { label: Label; others: Label[]; onClose: () => void };

/** Puts another label on every card of this one, which then goes. */
export function MergeLabel({ label, others, onClose }: MergeLabelProps) {
  const text = useText();
  const nameOf = useNameOf();
  const isAsking = useIsAskingWhat();
  const form = useSubmit(["into"]);
  const [into, setInto] = useState<number | null>(null);
  const chosen = others.find(({ id }) => id === into);
  const save = async () => {
    if (into === null) return form.refuse(text("settings.merge_choose"), "into");
    if (await form.submit(() => merge(label.id, into))) onClose();
  };
  return (
    <FormDialog
      title={text("settings.merge_title", { name: nameOf(label) })}
      lead={text("settings.merge_lead")}
      submit={text("settings.merge")}
      isDanger
      isBusy={form.isBusy || isAsking}
      reason={form.reason}
      onSubmit={save}
      onClose={onClose}
    >
      <Field label={text("settings.merge_into")} reason={form.reasonOf("into")}>
        {(describedBy) => (
          <Picker
            label={text("settings.merge_into")}
            look="field"
            describedBy={describedBy}
            choices={others.map((one) => ({
              id: one.id,
              name: nameOf(one),
              also: `${one.name} ${one.name_zh}`,
              icon: <LabelChip color={one.color} />,
            }))}
            chosen={into === null ? [] : [into]}
            onChange={([id]) => id !== undefined && setInto(Number(id))}
          >
            {chosen ? <LabelChip color={chosen.color} name={nameOf(chosen)} /> : text("forms.choose")}
          </Picker>
        )}
      </Field>
      <TouchedCards touching={{ by: "label", id: label.id }} />
    </FormDialog>
  );
}

/** One request as a rule. A board with very many such cards takes them in steps. */
async function merge(label: number, into: number) {
  const step = () => send<MergedLabel>("POST", `/labels/${label}/merge`, { body: { into } });
  while ((await step()).left > 0);
}
