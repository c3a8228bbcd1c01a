import { useState } from "react";
import { send } from "../../api/client";
import type { Team } from "../../api/types";
import { useText } from "../../i18n/language";
import { useNameOf, useWorkspace } from "../../live/hooks";
import { Avatar } from "../../ui/avatar";
import { Field } from "../../ui/field";
import page from "../../ui/page.module.css";
import { usePersonChoices } from "../../ui/person-picker";
import { Picker } from "../../ui/picker";
import { useSubmit } from "../../ui/use-submit";
import { NamedDialog } from "./named-dialog";

export function TeamDialog({ team, onClose }: { team: Team | null; onClose: () => void }) {
  const text = useText();
  const nameOf = useNameOf();
  const directory = useWorkspace();
  const choices = usePersonChoices(directory);
  const form = useSubmit(["name", "name_zh", "members"]);
  const [draft, setDraft] = useState({
    name: team?.name ?? "",
    name_zh: team?.name_zh ?? "",
    members: team?.members ?? [],
  });
  const save = () =>
    team ? send("PATCH", `/teams/${team.id}`, { body: draft }) : send("POST", "/teams", { body: draft });
  return (
    <NamedDialog
      title={team ? "settings.edit_team" : "settings.add_team"}
      isNew={!team}
      form={form}
      names={draft}
      onNames={(names) => setDraft({ ...draft, ...names })}
      save={save}
      onClose={onClose}
    >
      <Field label={text("settings.members")} reason={form.reasonOf("members")}>
        {(describedBy) => (
          <Picker
            label={text("settings.members")}
            look="field"
            describedBy={describedBy}
            choices={choices}
            chosen={draft.members}
            isMultiple
            onChange={(ids) => setDraft({ ...draft, members: ids.map(Number) })}
          >
            <span className={page.wrap}>
              {draft.members.length === 0 && text("forms.choose")}
              {draft.members.map((id) => {
                const person = directory.people.get(id);
                return (
                  person && (
                    <span key={id} className={page.line}>
                      <Avatar person={person} isNamed />
                      {nameOf(person)}
                    </span>
                  )
                );
              })}
            </span>
          </Picker>
        )}
      </Field>
    </NamedDialog>
  );
}
