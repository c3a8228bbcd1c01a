import { useEffect, useState, useSyncExternalStore } from "react";
import { ApiError } from "../api/errors";
import { useText } from "../i18n/language";
import { said } from "../live/deeds";
import { KeyCaps } from "../ui/key-caps";
import { describeDeed } from "./describe-deed";
import styles from "./done-bar.module.css";
import { failed, redoHere, undoHere } from "./undoing";

/** Time to read it and to think better of it. */
const STAYS_MS = 8000;

/** Says what was just done or undone, with the way back. Stays while the pointer or the focus is on it. */
export function DoneBar() {
  const text = useText();
  const now = useSyncExternalStore(said.subscribe, said.get);
  const failure = useSyncExternalStore(failed.subscribe, failed.get);
  const [isHeld, hold] = useState(false);
  const at = Math.max(now?.at ?? 0, failure?.at ?? 0);

  // biome-ignore lint/correctness/useExhaustiveDependencies: what is said anew stays as long again
  useEffect(() => {
    if (isHeld) return;
    const timer = setTimeout(() => {
      said.set(null);
      failed.set(null);
    }, STAYS_MS);
    return () => clearTimeout(timer);
  }, [at, isHeld]);

  const isFailure = failure !== null && failure.at === at;
  const words = isFailure
    ? failure.error instanceof ApiError
      ? failure.error.message
      : text("error.offline")
    : now && text(`doing.${now.verb}`, { what: describeDeed(now.deed, text) });
  if (!words) return null;
  const back = now?.verb === "undid" ? "redo" : "undo";
  return (
    <div
      className={styles.bar}
      role="status"
      onPointerEnter={() => hold(true)}
      onPointerLeave={() => hold(false)}
      onFocus={() => hold(true)}
      onBlur={() => hold(false)}
    >
      <span className={styles.words}>{words}</span>
      {!isFailure && (
        <button type="button" className={styles.back} onClick={back === "undo" ? undoHere : redoHere}>
          {text(back === "undo" ? "doing.undo" : "doing.redo")}
          <KeyCaps keys={[back === "undo" ? "Mod+z" : "Mod+Shift+z"]} />
        </button>
      )}
    </div>
  );
}
