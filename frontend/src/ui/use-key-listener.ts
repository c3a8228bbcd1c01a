import { useEffect } from "react";
import { type Action, act, actionsIn, type Layer } from "./actions";
import { isBare, pressed } from "./keys";
import { isSomethingOver } from "./over";

const WRITES = "input, textarea, select, [contenteditable=true]";
/** How long after `g` the second key is waited for. */
const SECOND_KEY_MS = 1500;

/** The one place that hears keys: what they do is what the actions on the screen say. */
export function useKeyListener() {
  useEffect(() => {
    let first = "";
    let timer: ReturnType<typeof setTimeout> | undefined;
    // Looked at before anybody has heard the key: the Escape that closes a dialog means nothing else.
    let wasOver = false;
    const look = () => {
      wasOver = isSomethingOver();
    };
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || event.keyCode === 229 || isBare(event)) return;
      const before = first;
      first = "";
      clearTimeout(timer);
      const heard = heardNow(event, wasOver);
      const key = pressed(event);
      const bound = (keys: string) =>
        heard.find((one) => one.keys?.includes(keys) && (one.isOffered?.(event) ?? true));
      const action = (before && bound(`${before} ${key}`)) || bound(key);
      if (action) {
        event.preventDefault();
        return act(action, event);
      }
      if (!heard.some(({ keys }) => keys?.some((one) => one.startsWith(`${key} `)))) return;
      first = key;
      timer = setTimeout(() => {
        first = "";
      }, SECOND_KEY_MS);
    };
    addEventListener("keydown", look, { capture: true });
    document.addEventListener("keydown", onKey);
    return () => {
      removeEventListener("keydown", look, { capture: true });
      document.removeEventListener("keydown", onKey);
    };
  }, []);
}

/** In a text field, and over a dialog, only what is heard everywhere. */
function heardNow(event: KeyboardEvent, isOver: boolean): Action[] {
  const isWriting = (event.target as HTMLElement).closest(WRITES) !== null;
  return actionsIn(layersNow()).filter(({ isEverywhere }) => isEverywhere || !(isOver || isWriting));
}

const layersNow = (): Layer[] =>
  document.querySelector("[data-sheet]") ? ["app", "sheet"] : ["app", "page"];
