import { Checkbox } from "@mantine/core";
import "@mantine/core/styles/InlineInput.layer.css";
import "@mantine/core/styles/Checkbox.layer.css";
import { IconGripVertical } from "@tabler/icons-react";
import { type KeyboardEvent, useRef, useState } from "react";
import type { ChecklistItem } from "../../api/types";
import { useText } from "../../i18n/language";
import { changeItem, moveItem } from "../../live/card-commands";
import { useCard } from "./card-context";
import styles from "./checklist.module.css";
import { LineInput } from "./line-input";
import { LineMenu } from "./line-menu";
import { useLineDrag } from "./use-line-drag";

/** One line: tick it, click its words to change them, drag it or move it with the arrow keys on its handle. */
export function ChecklistLine({ item, index }: { item: ChecklistItem; index: number }) {
  const { store, task, canWork } = useCard();
  const text = useText();
  const [isEditing, setEditing] = useState(false);
  const line = useRef<HTMLLIElement>(null);
  const grip = useRef<HTMLButtonElement>(null);
  // A line that is still on its way has no name yet by which the server knows it.
  const isReal = item.id > 0;
  const canChange = canWork && isReal;
  const edge = useLineDrag(line, grip, { item, index, isOn: canChange });
  const onGripKey = (event: KeyboardEvent) => {
    const to = { ArrowUp: index - 1, ArrowDown: index + 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    if (to >= 0 && to < task.checklist.length) moveItem(store, task, item, to);
  };
  return (
    <li ref={line} className={styles.line} data-edge={edge ?? undefined}>
      <button
        ref={grip}
        type="button"
        className={styles.grip}
        aria-label={text("card.move_item", { item: item.text })}
        disabled={!canChange}
        onKeyDown={onGripKey}
      >
        <IconGripVertical size={14} aria-hidden />
      </button>
      <span className={styles.box}>
        <Checkbox
          size="xs"
          radius={3}
          checked={item.done}
          disabled={!canChange}
          aria-label={item.text}
          onChange={(event) => changeItem(store, task, item, { done: event.currentTarget.checked })}
        />
      </span>
      {isEditing ? (
        <LineInput
          label={text("card.edit_item")}
          start={item.text}
          onKeep={(words) => {
            setEditing(false);
            if (words && words !== item.text) changeItem(store, task, item, { text: words });
          }}
          onLeave={() => setEditing(false)}
        />
      ) : canChange ? (
        <button
          type="button"
          className={`${styles.words} ${item.done ? styles.done : ""}`}
          onClick={() => setEditing(true)}
        >
          {item.text}
        </button>
      ) : (
        <span className={`${styles.words} ${item.done ? styles.done : ""}`}>{item.text}</span>
      )}
      {canChange && !isEditing && <LineMenu item={item} index={index} />}
    </li>
  );
}
