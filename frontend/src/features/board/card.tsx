import { memo, useCallback, useRef } from "react";
import { useText } from "../../i18n/language";
import { useCard, useMark } from "../../live/board-hooks";
import { usePerson } from "../../live/hooks";
import { glyphClass } from "../../ui/glyph";
import { useBoard } from "./board-context";
import styles from "./card.module.css";
import { CardFace } from "./card-face";
import { isClosed } from "./filter";
import { RemoteLine } from "./remote-line";
import { useCardFocus } from "./use-card-focus";
import { useDraggable } from "./use-draggable";
import { keepText, useSelected } from "./use-selected";

type CardProps = {
  id: number;
  index: number;
  start: number;
  cell: string;
  isGhost: boolean;
  measure: (element: Element | null) => void;
};

/** A card in its column: opens, is dragged, keeps the focus, and tells when somebody else has touched it. */
export const Card = memo(function Card({ id, index, start, cell, isGhost, measure }: CardProps) {
  const { set, view, statusOf, keyOf, mayWork, openCard } = useBoard();
  const text = useText();
  const card = useCard(set, id);
  const mark = useMark(set, id);
  const actor = usePerson(mark?.actor);
  const element = useRef<HTMLElement>(null);
  const isTabStop = useCardFocus(element, id, cell);
  const canWork = card !== undefined && mayWork(card);
  const { isSelected, choose } = useSelected(id, canWork);
  useDraggable(element, id, canWork && id > 0);
  // Kept, so that a card is measured when it comes, and not each time it is drawn: whatever changes its height is observed.
  const hold = useCallback(
    (node: HTMLElement | null) => {
      element.current = node;
      measure(node);
    },
    [measure],
  );
  if (!card) return null;

  const key = keyOf(card);
  const isDone = isClosed(statusOf(card)?.category);
  const classes = [
    styles.card,
    isGhost && styles.ghost,
    isDone && styles.done,
    mark && styles.touched,
    id < 0 && styles.unsent,
    isSelected && styles.selected,
  ];
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Enter and all other keys are heard for the whole board (use-board-actions.ts)
    <article
      ref={hold}
      className={classes.filter(Boolean).join(" ")}
      style={{ transform: `translateY(${start}px)` }}
      data-index={index}
      data-card={id}
      tabIndex={isTabStop || index === 0 ? 0 : -1}
      aria-label={`${key} ${card.title}`}
      aria-roledescription={text("board.card_role")}
      onFocus={() => view.focused.set(id)}
      aria-description={isSelected ? text("board.selected") : undefined}
      onMouseDown={keepText}
      onClick={(event) => !choose(event) && id > 0 && openCard(id)}
    >
      <CardFace card={card} isDone={isDone}>
        {mark && actor && <RemoteLine key={mark.at} mark={mark} actor={actor} />}
      </CardFace>
      {isSelected && <span className={`${styles.tick} ${glyphClass("tick")}`} aria-hidden="true" />}
      {canWork && (
        <button
          type="button"
          className={`${styles.menu} ${glyphClass("move")}`}
          tabIndex={-1}
          aria-label={text("board.move", { key })}
          title={text("board.move", { key })}
          onClick={(event) => {
            event.stopPropagation();
            view.focused.set(id);
            view.moving.set(id);
          }}
        />
      )}
    </article>
  );
});
