import type { ReactNode } from "react";
import type { CardFact, TaskRow } from "../../api/types";
import { useFormat } from "../../i18n/format";
import { useText } from "../../i18n/language";
import { useFunction, useNameOf, useWorkspace } from "../../live/hooks";
import { FunctionBadge } from "../../ui/function-badge";
import { functionColour } from "../../ui/function-colour";
import { glyphClass } from "../../ui/glyph";
import { LabelChip } from "../../ui/label-chip";
import { PriorityIcon } from "../../ui/priority-icon";
import { useBoard } from "./board-context";
import styles from "./card-face.module.css";
import { CardFoot } from "./card-foot";
import { openBlockers } from "./filter";

/** What stands on a card. Few elements on purpose: pictures are masks, and empty or hidden facts take no place. */
export function CardFace({
  card,
  isDone,
  children,
}: {
  card: TaskRow;
  isDone: boolean;
  children?: ReactNode;
}) {
  const { set, settings, isMany, projectOf, keyOf, tests } = useBoard();
  const text = useText();
  const format = useFormat();
  const nameOf = useNameOf();
  const { labels } = useWorkspace();
  const shows = (fact: CardFact) => !settings.hidden.includes(fact);
  const owner = useFunction(card.function);
  const blockers = isDone ? [] : openBlockers(set.card, card, tests.isOpen);
  const project = isMany && shows("account") ? projectOf(card) : undefined;
  const account = project && { name: project.account_name, name_zh: project.account_name_zh };

  return (
    <div
      className={`${styles.face} ${isDone ? styles.done : ""}`}
      style={{ "--stripe": functionColour(owner?.color) }}
    >
      {shows("function") ? <FunctionBadge of={owner} /> : <span />}
      <span className={styles.key}>{keyOf(card)}</span>
      {shows("priority") && <PriorityIcon priority={card.priority} />}
      <h3 className={styles.title}>{card.title}</h3>
      {account && (
        <p className={styles.account}>
          {account.name ? `${nameOf(account)} · ${nameOf(project)}` : nameOf(project)}
        </p>
      )}
      {shows("labels") && card.labels.length > 0 && (
        <p className={styles.labels}>
          {card.labels.map((id) => {
            const label = labels.get(id);
            return label && <LabelChip key={id} color={label.color} name={nameOf(label)} />;
          })}
        </p>
      )}
      {blockers.length > 0 && (
        <p className={`${styles.why} ${glyphClass("block")}`}>
          {text("board.blocked_by", { keys: format.list(blockers.map(keyOf)) })}
        </p>
      )}
      {card.waits && <WaitsFor waits={card.waits} />}
      {children}
      <CardFoot card={card} isDone={isDone} shows={shows} />
    </div>
  );
}

/** Another function was asked to take the card up, and hasn't answered. */
function WaitsFor({ waits: { function: id, since, by } }: { waits: NonNullable<TaskRow["waits"]> }) {
  const text = useText();
  const nameOf = useNameOf();
  const asked = useFunction(id);
  const count = Math.floor((Date.now() - Date.parse(since)) / 86_400_000);
  const name = asked ? nameOf(asked) : text("function.none");
  const isLate = by !== null && Date.parse(by) < Date.now();
  return (
    <p className={`${styles.why} ${isLate ? styles.late : ""} ${glyphClass("hourglass")}`}>
      {count > 0
        ? text("board.waits", { function: name, count })
        : text("board.waits_today", { function: name })}
    </p>
  );
}
