import { useEffect, useSyncExternalStore } from "react";
import { useText } from "../../i18n/language";
import { type Action, act } from "../../ui/actions";
import { KeyCaps } from "../../ui/key-caps";
import { ariaKeys } from "../../ui/keys";
import { useBoard } from "./board-context";
import styles from "./selection-bar.module.css";
import { useChosen } from "./use-chosen";

/** How many cards are chosen, what can be done with all of them, and the key of each. */
export function SelectionBar({ actions }: { actions: readonly Action[] }) {
  const { set, view } = useBoard();
  const { inOrder } = useChosen();
  const text = useText();
  const ids = useSyncExternalStore(view.selection.ids.subscribe, view.selection.ids.get);
  useSyncExternalStore(set.revision.subscribe, set.revision.get);
  const count = inOrder(ids).length;
  const isDragging = useSyncExternalStore(view.drag.subscribe, () => view.drag.get() !== null);
  const isShown = count > 0 && !isDragging;
  // What else stands at the bottom makes room. Said on the body: a style that looks for the bar inside of the body (`:has`)
  // would be asked anew whenever anything comes into the page or leaves it.
  useEffect(() => {
    document.body.toggleAttribute("data-choosing", isShown);
    return () => document.body.removeAttribute("data-choosing");
  }, [isShown]);
  if (!isShown) return null;

  return (
    <div className={styles.bar} role="toolbar" aria-label={text("select.bar")}>
      <span className={styles.count}>{text("select.count", { count })}</span>
      {actions.map((action) => {
        const Icon = action.icon;
        return (
          <button
            key={action.id}
            type="button"
            className={styles.action}
            aria-keyshortcuts={ariaKeys(action.keys)}
            onClick={() => act(action)}
          >
            {Icon && <Icon size={17} stroke={1.7} />}
            <span>{text(action.word)}</span>
            <KeyCaps keys={action.keys ?? []} />
          </button>
        );
      })}
      <button
        type="button"
        className={`${styles.action} ${styles.clear}`}
        onClick={() => view.selection.clear()}
      >
        <span>{text("select.clear")}</span>
        <KeyCaps keys={["Escape"]} />
      </button>
    </div>
  );
}
