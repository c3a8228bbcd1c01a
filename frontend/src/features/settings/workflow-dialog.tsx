import { useState } from "react";
import { send } from "../../api/client";
import type { Workflow } from "../../api/types";
import { useText } from "../../i18n/language";
import { useNameOf, useWorkspace } from "../../live/hooks";
import { Field } from "../../ui/field";
import { Picker } from "../../ui/picker";
import { useSubmit } from "../../ui/use-submit";
import { codeOf } from "./function-dialog";
import { NamedDialog } from "./named-dialog";

type WorkflowDialogProps = {
  workflow: Workflow | null;
  onClose: () => void;
  onMade: (id: number) => void;
};

/** A new workflow begins as a copy of one that works. */
export function WorkflowDialog({ workflow, onClose, onMade }: WorkflowDialogProps) {
  const text = useText();
  const nameOf = useNameOf();
  const { workflows } = useWorkspace();
  const form = useSubmit(["name", "name_zh", "copy_of"]);
  const [names, setNames] = useState({ name: workflow?.name ?? "", name_zh: workflow?.name_zh ?? "" });
  const [model, setModel] = useState([...workflows.keys()][0] ?? null);
  const copied = workflows.get(model ?? 0);
  const save = async () => {
    if (workflow) return send("PATCH", `/workflows/${workflow.id}`, { body: names });
    const codes = new Set([...workflows.values()].map(({ code }) => code));
    const body = { ...names, code: freeCode(codeOf(names.name) || "workflow", codes), copy_of: model };
    onMade((await send<Workflow>("POST", "/workflows", { body })).id);
  };
  return (
    <NamedDialog
      title={workflow ? "settings.rename" : "settings.add_workflow"}
      isNew={!workflow}
      form={form}
      names={names}
      onNames={(change) => setNames({ ...names, ...change })}
      save={save}
      onClose={onClose}
    >
      {!workflow && (
        <Field label={text("settings.copy_of")} reason={form.reasonOf("copy_of")}>
          {() => (
            <Picker
              label={text("settings.copy_of")}
              look="field"
              choices={[...workflows.values()].map((one) => ({ id: one.id, name: nameOf(one) }))}
              chosen={model === null ? [] : [model]}
              onChange={([id]) => id !== undefined && setModel(Number(id))}
            >
              {copied ? nameOf(copied) : text("forms.choose")}
            </Picker>
          )}
        </Field>
      )}
    </NamedDialog>
  );
}

function freeCode(code: string, taken: ReadonlySet<string>) {
  for (let number = 1; ; number++) {
    const tried = number === 1 ? code : `${code.slice(0, 36)}_${number}`;
    if (!taken.has(tried)) return tried;
  }
}
