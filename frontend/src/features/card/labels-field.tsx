import { send } from "../../api/client";
import type { Label } from "../../api/types";
import { useText } from "../../i18n/language";
import { changeTask } from "../../live/commands";
import { useNameOf, useWorkspace } from "../../live/hooks";
import { LabelChip } from "../../ui/label-chip";
import { Picker } from "../../ui/picker";
import { RefusalLine } from "../../ui/refusal-line";
import { useSubmit } from "../../ui/use-submit";
import { useCard } from "./card-context";
import styles from "./fields.module.css";

/** Labels of the workspace; one that is missing is made while it is looked for. */
export function LabelsField() {
  const { store, task, canWork } = useCard();
  const text = useText();
  const nameOf = useNameOf();
  const { labels } = useWorkspace();
  const form = useSubmit();
  const set = (ids: number[]) => changeTask(store, task.id, { labels: ids.sort((a, b) => a - b) });
  const create = (name: string) =>
    form.submit(async () => {
      const label = await send<Label>("POST", "/labels", { body: { name } });
      set([...task.labels, label.id]);
    });
  return (
    <>
      <Picker
        label={text("card.labels")}
        choices={[...labels.values()].map((label) => ({
          id: label.id,
          name: nameOf(label),
          also: `${label.name} ${label.name_zh}`,
          icon: <LabelChip color={label.color} />,
        }))}
        chosen={task.labels}
        isMultiple
        isDisabled={!canWork}
        onChange={(ids) => set(ids.map(Number))}
        onCreate={(name) => void create(name)}
      >
        {task.labels.length === 0 ? (
          <span className={styles.none}>{text("card.no_labels")}</span>
        ) : (
          <span className={styles.labels}>
            {task.labels.map((id) => {
              const label = labels.get(id);
              return label && <LabelChip key={id} color={label.color} name={nameOf(label)} />;
            })}
          </span>
        )}
      </Picker>
      <RefusalLine reason={form.reason} />
    </>
  );
}
