import { useSyncExternalStore } from "react";
import { useText } from "../../i18n/language";
import { changeTask } from "../../live/commands";
import { sendDeed } from "../../live/sent-deeds";
import { Picker } from "../../ui/picker";
import { RefusalLine } from "../../ui/refusal-line";
import { useSubmit } from "../../ui/use-submit";
import { AddPart } from "./add-part";
import { AddRelated } from "./add-related";
import { useCard } from "./card-context";
import { useCardChoices } from "./card-names";
import styles from "./card-sheet.module.css";
import { LinkRow } from "./link-row";
import own from "./links.module.css";
import { RelatedRow } from "./related-row";
import { useRelated } from "./use-related";

/** What this card waits for, what waits for it, and what is a part of it. */
export function Links() {
  const { store, task, canWork } = useCard();
  const text = useText();
  const choicesBy = useCardChoices();
  useSyncExternalStore(store.revision.subscribe, store.revision.get); // any card of the board may become linked
  const blockers = task.blocked_by;
  const blocked = [...store.cards()].filter((card) => card.blocked_by.includes(task.id)).map(({ id }) => id);
  const parts = [...store.cards()].filter((card) => card.parent === task.id).map(({ id }) => id);
  const { related, refetch } = useRelated();
  const unlink = useSubmit();
  const count = blockers.length + blocked.length + parts.length + related.length;
  if (count === 0 && !canWork) return null;

  const setBlockers = (ids: (string | number)[]) =>
    changeTask(store, task.id, { blocked_by: ids.map(Number).sort((a, b) => a - b) });
  const setBlocked = (ids: (string | number)[]) => {
    for (const id of [...new Set([...blocked, ...ids.map(Number)])]) {
      const other = store.card(id);
      if (!other || ids.includes(id) === blocked.includes(id)) continue;
      const rest = other.blocked_by.filter((one) => one !== task.id);
      changeTask(store, id, {
        blocked_by: ids.includes(id) ? [...rest, task.id].sort((a, b) => a - b) : rest,
      });
    }
  };
  return (
    <section className={styles.section} aria-label={text("card.links")}>
      <h3>
        {text("card.links")}
        {count > 0 && <small className={own.count}>{count}</small>}
      </h3>
      <ul className={own.rows}>
        {blockers.map((id) => (
          <LinkRow
            key={`by-${id}`}
            word={text("card.blocked_by")}
            id={id}
            onRemove={canWork ? () => setBlockers(blockers.filter((one) => one !== id)) : undefined}
          />
        ))}
        {blocked.map((id) => (
          <LinkRow
            key={`blocks-${id}`}
            word={text("card.blocks")}
            id={id}
            onRemove={canWork ? () => setBlocked(blocked.filter((one) => one !== id)) : undefined}
          />
        ))}
        {parts.map((id) => (
          <LinkRow
            key={`part-${id}`}
            word={text("card.part")}
            id={id}
            onRemove={canWork ? () => changeTask(store, id, { parent: null }) : undefined}
          />
        ))}
        {related.map((card) => (
          <RelatedRow
            key={`related-${card.id}`}
            card={card}
            onRemove={
              canWork
                ? () =>
                    void unlink.submit(async () => {
                      await sendDeed("relation", task, "DELETE", `/tasks/${task.id}/related/${card.id}`);
                      await refetch();
                    })
                : undefined
            }
          />
        ))}
      </ul>
      <RefusalLine reason={unlink.reason} />
      {canWork && <AddPart />}
      {canWork && (
        <div className={own.add}>
          <Picker
            label={text("card.blocked_by")}
            choices={choicesBy((card) => card.blocked_by, text("card.circle"))}
            chosen={blockers}
            isMultiple
            onChange={setBlockers}
          >
            <span className={own.word}>+ {text("card.add_blocker")}</span>
          </Picker>
          <Picker
            label={text("card.blocks")}
            choices={choicesBy(
              (card) =>
                [...store.cards()].filter((one) => one.blocked_by.includes(card.id)).map(({ id }) => id),
              text("card.circle"),
            )}
            chosen={blocked}
            isMultiple
            onChange={setBlocked}
          >
            <span className={own.word}>+ {text("card.add_blocked")}</span>
          </Picker>
          <AddRelated related={related} onChange={() => void refetch()} />
        </div>
      )}
    </section>
  );
}
