import { Textarea } from "@mantine/core";
import { useText } from "../../i18n/language";
import { useWorkspace } from "../../live/hooks";
import { DateField } from "../../ui/date-field";
import { Field } from "../../ui/field";
import { FunctionBadge } from "../../ui/function-badge";
import { useFunctionChoices } from "../../ui/function-picker";
import page from "../../ui/page.module.css";
import { PersonPicker } from "../../ui/person-picker";
import { Picker } from "../../ui/picker";
import { TwoNames } from "../../ui/two-names";

/** What a new initiative and its settings have in common. */
export type InitiativeDraft = {
  name: string;
  name_zh: string;
  summary: string;
  functions: number[];
  lead: number | null;
  start: string | null;
  due: string | null;
};
type InitiativeFieldsProps = {
  draft: InitiativeDraft;
  onChange: (change: Partial<InitiativeDraft>) => void;
  reasonOf: (field: string) => string | undefined;
  isNew?: boolean;
};

export function InitiativeFields({ draft, onChange, reasonOf, isNew }: InitiativeFieldsProps) {
  const text = useText();
  const directory = useWorkspace();
  const { functions } = directory;
  const functionChoices = useFunctionChoices(functions);
  return (
    <>
      <div className={page.two}>
        <TwoNames names={draft} onChange={onChange} reasonOf={reasonOf} maxLength={160} hasFocus={isNew} />
      </div>
      <Textarea
        label={text("initiatives.summary")}
        description={text("initiatives.summary_hint")}
        rows={2}
        value={draft.summary}
        onChange={(event) => onChange({ summary: event.currentTarget.value })}
        error={reasonOf("summary")}
        maxLength={50_000}
      />
      <Field label={text("initiatives.functions")} reason={reasonOf("functions")}>
        {(describedBy) => (
          <Picker
            label={text("initiatives.functions")}
            look="field"
            describedBy={describedBy}
            choices={functionChoices}
            chosen={draft.functions}
            isMultiple
            onChange={(ids) => onChange({ functions: ids.map(Number) })}
          >
            <span className={page.wrap}>
              {draft.functions.length === 0
                ? text("forms.choose")
                : draft.functions.map((id) => <FunctionBadge key={id} of={functions.get(id)} />)}
            </span>
          </Picker>
        )}
      </Field>
      <Field label={text("initiatives.lead")} hint={text("initiatives.lead_hint")} reason={reasonOf("lead")}>
        {(describedBy) => (
          <PersonPicker
            label={text("initiatives.lead")}
            look="field"
            describedBy={describedBy}
            directory={directory}
            chosen={draft.lead}
            onChange={(lead) => onChange({ lead })}
          />
        )}
      </Field>
      <div className={page.two}>
        <Field label={text("initiatives.start")} reason={reasonOf("start")}>
          {() => (
            <DateField
              label={text("initiatives.start")}
              look="field"
              day={draft.start}
              onChange={(start) => onChange({ start })}
            />
          )}
        </Field>
        <Field label={text("initiatives.due")} reason={reasonOf("due")}>
          {() => (
            <DateField
              label={text("initiatives.due")}
              look="field"
              day={draft.due}
              from={draft.start}
              onChange={(due) => onChange({ due })}
            />
          )}
        </Field>
      </div>
    </>
  );
}
