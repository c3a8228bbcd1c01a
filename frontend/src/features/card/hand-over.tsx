import { Textarea, TextInput } from "@mantine/core";
import { useState } from "react";
import { useLocale, useText } from "../../i18n/language";
import { momentAt } from "../../i18n/wall-time";
import { useWorkspace } from "../../live/hooks";
import { sendDeed } from "../../live/sent-deeds";
import { DateField } from "../../ui/date-field";
import { Field } from "../../ui/field";
import { FormDialog } from "../../ui/form-dialog";
import { FunctionBadge } from "../../ui/function-badge";
import { useFunctionChoices } from "../../ui/function-picker";
import { Picker } from "../../ui/picker";
import { useSubmit } from "../../ui/use-submit";
import { useCard } from "./card-context";
import styles from "./hand-over.module.css";

const END_OF_WORK = "17:00";

/** Asks another function to take the card up, with what they need to know and when an answer is needed. */
export function HandOver({ onClose }: { onClose: () => void }) {
  const { task } = useCard();
  const { timeZone } = useLocale();
  const text = useText();
  const { functions } = useWorkspace();
  const form = useSubmit(["to_function", "note", "answer_by"]);
  const [chosen, choose] = useState<number | null>(null);
  const [note, setNote] = useState("");
  const [day, setDay] = useState<string | null>(null);
  const [time, setTime] = useState(END_OF_WORK);
  const others = new Map([...functions].filter(([id]) => id !== task.function));
  const choices = useFunctionChoices(others);
  const ask = () =>
    form.submit(async () => {
      if (chosen === null) return form.refuse(text("card.hand_over_choose"), "to_function");
      const answer_by = day ? momentAt(day, time || END_OF_WORK, timeZone).toISOString() : null;
      const body = { to_function: chosen, note, answer_by };
      await sendDeed("handover", task, "POST", `/tasks/${task.id}/handovers`, { body });
      onClose();
    });
  return (
    <FormDialog
      title={text("card.hand_over_title", { key: task.key })}
      lead={text("card.hand_over_lead")}
      submit={text("card.hand_over_ask")}
      isBusy={form.isBusy}
      reason={form.reason}
      onSubmit={() => void ask()}
      onClose={onClose}
    >
      <Field label={text("card.hand_over_to")} reason={form.reasonOf("to_function")}>
        {(describedBy) => (
          <Picker
            label={text("card.hand_over_to")}
            look="field"
            describedBy={describedBy}
            choices={choices}
            chosen={chosen === null ? [] : [chosen]}
            onChange={([id]) => id !== undefined && choose(Number(id))}
          >
            {chosen === null ? text("forms.choose") : <FunctionBadge of={functions.get(chosen)} />}
          </Picker>
        )}
      </Field>
      <Textarea
        label={text("card.hand_over_note")}
        value={note}
        maxLength={2000}
        autosize
        minRows={3}
        maxRows={10}
        error={form.reasonOf("note")}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      <Field label={text("card.hand_over_by")} reason={form.reasonOf("answer_by")}>
        {() => (
          <span className={styles.when}>
            <DateField label={text("card.hand_over_by")} look="field" day={day} onChange={setDay} />
            {day && (
              <TextInput
                type="time"
                aria-label={text("card.hand_over_time")}
                value={time}
                onChange={(event) => setTime(event.currentTarget.value)}
              />
            )}
          </span>
        )}
      </Field>
    </FormDialog>
  );
}
