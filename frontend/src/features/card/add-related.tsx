import { get } from "../../api/client";
import type { RelatedCard, Task } from "../../api/types";
import { useText } from "../../i18n/language";
import { sendDeed } from "../../live/sent-deeds";
import { Picker } from "../../ui/picker";
import { RefusalLine } from "../../ui/refusal-line";
import { useSubmit } from "../../ui/use-submit";
import { useCard } from "./card-context";
import { useCardChoices } from "./card-names";
import styles from "./links.module.css";

/** Relates the card to another one of the board, or by its key to one of any other. */
export function AddRelated({ related, onChange }: { related: RelatedCard[]; onChange: () => void }) {
  const { task } = useCard();
  const text = useText();
  const choicesBy = useCardChoices();
  const form = useSubmit();
  const known = new Set(related.map(({ id }) => id));
  const relate = (find: () => Promise<number>) =>
    form.submit(async () => {
      const other = await find();
      if (known.has(other)) return;
      await sendDeed("relation", task, "PUT", `/tasks/${task.id}/related/${other}`);
      onChange();
    });
  return (
    <>
      <Picker
        label={text("card.related_to")}
        choices={choicesBy(() => [], "").filter(({ id }) => !known.has(Number(id)))}
        chosen={[]}
        isDisabled={form.isBusy}
        onChange={([id]) => id !== undefined && void relate(async () => Number(id))}
        onCreate={(key) =>
          void relate(async () => (await get<Task>(`/tasks/by-key/${encodeURIComponent(key.trim())}`)).id)
        }
        sayCreate={(key) => text("card.relate_key", { key })}
      >
        <span className={styles.word}>+ {text("card.add_related")}</span>
      </Picker>
      <RefusalLine reason={form.reason} />
    </>
  );
}
