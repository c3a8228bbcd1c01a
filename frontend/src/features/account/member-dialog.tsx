import { useState } from "react";
import { send } from "../../api/client";
import type { Account, TeamMember, TeamRole } from "../../api/types";
import { useText } from "../../i18n/language";
import { useNameOf, useWorkspace } from "../../live/hooks";
import { useRefresh } from "../../live/query-hooks";
import { Field } from "../../ui/field";
import { FormDialog } from "../../ui/form-dialog";
import { FunctionPicker } from "../../ui/function-picker";
import { isColleague, PersonPicker } from "../../ui/person-picker";
import { RoleChoice } from "../../ui/role-choice";
import { useSubmit } from "../../ui/use-submit";

const ROLES: TeamRole[] = ["lead", "member", "sponsor", "viewer"];

/** Puts somebody on the account team, or changes what they do there. */
export function MemberDialog({
  account,
  member,
  function: vacancy,
  onClose,
}: {
  account: Account;
  member?: TeamMember;
  function: number | null;
  onClose: () => void;
}) {
  const text = useText();
  const nameOf = useNameOf();
  const directory = useWorkspace();
  const refresh = useRefresh();
  const form = useSubmit(["person", "function", "role"]);
  const [person, setPerson] = useState(member?.person ?? null);
  const [work, setWork] = useState(member ? member.function : vacancy);
  const [role, setRole] = useState<TeamRole>(member?.role ?? "member");
  const known = person === null ? undefined : directory.people.get(person);
  const onTeam = new Set(account.team.map((one) => one.person));

  const pick = (id: number | null) => {
    setPerson(id);
    if (vacancy === null && id !== null) setWork(directory.people.get(id)?.function ?? null);
  };
  const save = async () => {
    if (person === null) return form.refuse(text("account.choose_person"), "person");
    const isDone = await form.submit(() =>
      send("PUT", `/accounts/${account.id}/team/${person}`, { body: { function: work, role } }),
    );
    if (!isDone) return;
    onClose();
    await refresh("account", "accounts");
  };
  return (
    <FormDialog
      title={member && known ? nameOf(known) : text("account.add_person")}
      submit={text(member ? "action.save" : "action.add")}
      isBusy={form.isBusy}
      reason={form.reason}
      onSubmit={save}
      onClose={onClose}
    >
      {!member && (
        <Field label={text("account.person")} reason={form.reasonOf("person")}>
          {(describedBy) => (
            <PersonPicker
              label={text("account.person")}
              look="field"
              describedBy={describedBy}
              directory={directory}
              chosen={person}
              onChange={pick}
              isOffered={(one) => isColleague(one) && !onTeam.has(one.id)}
            />
          )}
        </Field>
      )}
      <Field
        label={text("account.function")}
        hint={text("account.function_hint")}
        reason={form.reasonOf("function")}
      >
        {() => (
          <FunctionPicker
            label={text("account.function")}
            look="field"
            functions={directory.functions}
            chosen={work}
            onChange={setWork}
          />
        )}
      </Field>
      <RoleChoice
        label={text("account.role")}
        roles={ROLES.map((id) => ({
          id,
          name: text(`account.role_${id}`),
          hint: text(`account.role_${id}_hint`),
        }))}
        chosen={role}
        onChange={setRole}
        reason={form.reasonOf("role")}
      />
    </FormDialog>
  );
}
