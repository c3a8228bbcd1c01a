import { useState } from "react";
import { send } from "../../api/client";
import type { Workflow, WorkStatus } from "../../api/types";
import { useText } from "../../i18n/language";
import { useNameOf } from "../../live/hooks";
import { ConfirmDialog } from "../../ui/confirm-dialog";
import { Field } from "../../ui/field";
import { Picker } from "../../ui/picker";
import { StatusIcon } from "../../ui/status-icon";
import { inOrder } from "./in-order";
import { TouchedCards } from "./touched-cards";
import { useIsAskingWhat } from "./use-touched";

type RemoveStatusProps = { workflow: Workflow; status: WorkStatus; onClose: () => void };

/** Removes a column; its cards, on every board with this workflow, go to the bottom of another. */
export function RemoveStatus({ workflow, status, onClose }: RemoveStatusProps) {
  const text = useText();
  const nameOf = useNameOf();
  const isAsking = useIsAskingWhat();
  const others = inOrder(workflow).filter(({ id }) => id !== status.id);
  const [target, setTarget] = useState(others[0]?.id ?? null);
  const chosen = others.find(({ id }) => id === target);
  return (
    <ConfirmDialog
      title={text("settings.remove_title", { name: nameOf(status) })}
      lead={text("settings.remove_status_lead")}
      action={text("action.remove")}
      isDanger
      isWaiting={isAsking}
      onConfirm={() => send("DELETE", `/statuses/${status.id}${target ? `?move_to=${target}` : ""}`)}
      onClose={onClose}
    >
      <Field label={text("settings.cards_go_to")}>
        {() => (
          <Picker
            label={text("settings.cards_go_to")}
            look="field"
            choices={others.map((one) => ({
              id: one.id,
              name: nameOf(one),
              icon: <StatusIcon category={one.category} color={one.color} size={16} />,
            }))}
            chosen={target === null ? [] : [target]}
            onChange={([id]) => id !== undefined && setTarget(Number(id))}
          >
            {chosen && (
              <>
                <StatusIcon category={chosen.category} color={chosen.color} size={16} />
                {nameOf(chosen)}
              </>
            )}
          </Picker>
        )}
      </Field>
      <TouchedCards touching={{ by: "removal", id: status.id }} />
    </ConfirmDialog>
  );
}
