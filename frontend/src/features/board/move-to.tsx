import { Drawer, Modal } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { useSyncExternalStore } from "react";
import { useText } from "../../i18n/language";
import { useBoard } from "./board-context";
import styles from "./move-to.module.css";
import { MoveToForm } from "./move-to-form";

/** "Move to…": all that dragging can do, without dragging. A sheet from below on a phone. */
export function MoveTo() {
  const { set, view, keyOf } = useBoard();
  const text = useText();
  const isPhone = useMediaQuery("(max-width: 640px)", false, { getInitialValueInEffect: false });
  const id = useSyncExternalStore(view.moving.subscribe, view.moving.get);
  const card = id === null ? undefined : set.card(id);
  const close = () => {
    view.moving.set(null);
    view.dropped.set(null);
    if (id !== null) view.focus(id);
  };
  const title = text("move.title");
  const content = card && (
    <>
      <p className={styles.card}>
        <span>{keyOf(card)}</span> {card.title}
      </p>
      <MoveToForm card={card} onDone={close} />
      <button
        type="button"
        className={styles.several}
        onClick={() => {
          view.selection.toggle(card.id);
          close();
        }}
      >
        {text("move.several")}
      </button>
    </>
  );
  const common = {
    opened: card !== undefined,
    onClose: close,
    title,
    returnFocus: false,
    closeButtonProps: { "aria-label": text("action.close") },
  };
  return isPhone ? (
    <Drawer {...common} position="bottom" classNames={{ content: styles.sheet }}>
      {content}
    </Drawer>
  ) : (
    <Modal {...common} size={380} yOffset="12vh">
      {content}
    </Modal>
  );
}
