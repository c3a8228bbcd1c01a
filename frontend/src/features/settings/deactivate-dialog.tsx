import { useState } from "react";
import { send } from "../../api/client";
import type { Person } from "../../api/types";
import { useText } from "../../i18n/language";
import { useNameOf, useWorkspace } from "../../live/hooks";
import { ConfirmDialog } from "../../ui/confirm-dialog";
import { Field } from "../../ui/field";
import { isColleague, PersonPicker } from "../../ui/person-picker";

/** Takes away somebody's way in, and asks who goes on with their open cards. */
export function DeactivateDialog({ person, onClose }: { person: Person; onClose: () => void }) {
  const text = useText();
  const nameOf = useNameOf();
  const directory = useWorkspace();
  const [heir, setHeir] = useState<number | null>(null);
  return (
    <ConfirmDialog
      title={text("settings.deactivate_title", { name: nameOf(person) })}
      lead={text("settings.deactivate_lead")}
      action={text("settings.deactivate")}
      isDanger
      onConfirm={() => send("POST", `/people/${person.id}/deactivate`, { body: { cards_to: heir } })}
      onClose={onClose}
    >
      <Field label={text("settings.cards_to")} hint={text("settings.cards_to_hint")}>
        {() => (
          <PersonPicker
            label={text("settings.cards_to")}
            look="field"
            directory={directory}
            chosen={heir}
            none={text("settings.cards_stay")}
            isOffered={(one) => isColleague(one) && one.id !== person.id}
            onChange={setHeir}
          />
        )}
      </Field>
    </ConfirmDialog>
  );
}
