import { Radio } from "@mantine/core";
import "@mantine/core/styles/InlineInput.layer.css";
import "@mantine/core/styles/Radio.layer.css";
import { useState } from "react";
import { send } from "../../api/client";
import type { Transition, Workflow, WorkStatus } from "../../api/types";
import { useText } from "../../i18n/language";
import { useNameOf, useWorkspace } from "../../live/hooks";
import { Field } from "../../ui/field";
import { FormDialog } from "../../ui/form-dialog";
import { FunctionBadge } from "../../ui/function-badge";
import { useFunctionChoices } from "../../ui/function-picker";
import page from "../../ui/page.module.css";
import { Picker } from "../../ui/picker";
import { useSubmit } from "../../ui/use-submit";
import { TouchedCards } from "./touched-cards";
import { isNarrower } from "./touching";
import { useIsAskingWhat } from "./use-touched";

type Mode = "closed" | "open" | "some";
type TransitionDialogProps = {
  workflow: Workflow;
  source: WorkStatus;
  target: WorkStatus;
  way: Transition | undefined;
  onClose: () => void;
};

/** Who may take a card from one status to another. */
export function TransitionDialog({ workflow, source, target, way, onClose }: TransitionDialogProps) {
  const text = useText();
  const nameOf = useNameOf();
  const { functions } = useWorkspace();
  const choices = useFunctionChoices(functions);
  const form = useSubmit(["functions"]);
  const isSome = way && (way.functions.length > 0 || way.role !== "");
  const [mode, setMode] = useState<Mode>(way ? (isSome ? "some" : "open") : "closed");
  const [chosen, choose] = useState(way?.functions ?? []);
  const [isManagerToo, setManagerToo] = useState(isSome ? way.role === "manager" : true);

  const isAsking = useIsAskingWhat();
  const fresh: Transition | undefined =
    mode === "closed"
      ? undefined
      : {
          source: source.id,
          target: target.id,
          functions: mode === "some" ? chosen : [],
          role: mode === "some" && isManagerToo ? "manager" : "",
        };

  const save = async () => {
    const others = workflow.transitions.filter((one) => one.source !== source.id || one.target !== target.id);
    if (mode === "some" && chosen.length === 0 && !isManagerToo)
      return form.refuse(text("settings.way_nobody"), "functions");
    const body = { transitions: fresh ? [...others, fresh] : others };
    if (await form.submit(() => send("PUT", `/workflows/${workflow.id}/transitions`, { body }))) onClose();
  };
  return (
    <FormDialog
      title={text("settings.way_title", { source: nameOf(source), target: nameOf(target) })}
      submit={text("action.save")}
      isBusy={form.isBusy || isAsking}
      reason={form.reason}
      onSubmit={save}
      onClose={onClose}
    >
      <Radio.Group value={mode} onChange={(next) => setMode(next as Mode)} label={text("settings.who_may")}>
        {(["open", "some", "closed"] as const).map((one) => (
          <Radio key={one} value={one} size="sm" label={text(`settings.who_${one}`)} mt={12} />
        ))}
      </Radio.Group>
      {mode === "some" && (
        <>
          <Field label={text("initiatives.functions")} reason={form.reasonOf("functions")}>
            {(describedBy) => (
              <Picker
                label={text("initiatives.functions")}
                look="field"
                describedBy={describedBy}
                choices={choices}
                chosen={chosen}
                isMultiple
                onChange={(ids) => choose(ids.map(Number))}
              >
                <span className={page.wrap}>
                  {chosen.length === 0 && text("forms.choose")}
                  {chosen.map((id) => (
                    <FunctionBadge key={id} of={functions.get(id)} />
                  ))}
                </span>
              </Picker>
            )}
          </Field>
          <label className={page.line}>
            <input
              type="checkbox"
              checked={isManagerToo}
              onChange={(event) => setManagerToo(event.currentTarget.checked)}
            />
            {text("settings.managers_too")}
          </label>
        </>
      )}
      {isNarrower(way, fresh) && <TouchedCards touching={{ by: "way", id: source.id }} />}
    </FormDialog>
  );
}
