import { Modal } from "@mantine/core";
import { useState } from "react";
import { useText } from "../../i18n/language";
import { actionsIn, LAYERS, overlay } from "../../ui/actions";
import { KeyCaps } from "../../ui/key-caps";
import { GROUPS } from "./action-sections";
import styles from "./key-list.module.css";

/** What `?` shows: the keys of every action that is offered here, from the list that the keys themselves go by. */
export function KeyList() {
  const text = useText();
  const [before] = useState(() => document.activeElement as HTMLElement | null);
  const close = () => {
    overlay.set(null);
    setTimeout(() => before?.isConnected && before.focus({ preventScroll: true }));
  };
  const isSheet = document.querySelector("[data-sheet]") !== null;
  const layers = LAYERS.filter((layer) => layer === "app" || (layer === "sheet") === isSheet);
  const actions = actionsIn(layers).filter(({ keys, isUntold }) => keys?.length && !isUntold);
  const groups = GROUPS.map((group) => ({ group, found: actions.filter((one) => one.group === group) }));
  return (
    <Modal
      opened
      onClose={close}
      returnFocus={false}
      title={text("keys.title")}
      size={720}
      closeButtonProps={{ "aria-label": text("action.close") }}
      transitionProps={{ duration: 0 }}
    >
      <div className={styles.groups}>
        {groups
          .filter(({ found }) => found.length > 0)
          .map(({ group, found }) => (
            <section key={group} aria-labelledby={`keys-${group}`}>
              <h3 id={`keys-${group}`}>{text(`actions.group_${group}`)}</h3>
              <dl>
                {found.map(({ id, word, keys = [] }) => (
                  <div key={id}>
                    <dt>{text(word)}</dt>
                    <dd>
                      <KeyCaps keys={keys} />
                    </dd>
                  </div>
                ))}
              </dl>
            </section>
          ))}
      </div>
    </Modal>
  );
}
