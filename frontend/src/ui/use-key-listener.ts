import { useEffect } from "react";
import { type Action, act, actionsIn, actionsRevision, type Layer } from "./actions";
import { isBare, pressed } from "./keys";
import { areKeysToCome, hastenKeys } from "./keys-to-come";
import { isSomethingOver } from "./over";

const WRITES = "input, textarea, select, [contenteditable=true]";
/** How long after `g` the second key is waited for. */
const SECOND_KEY_MS = 1500;

/** How long a key is kept that nothing knows before all parts of the page have come. */
const KEPT_MS = 3000;

/** The one place that hears keys: what they do is what the actions on the screen say. */
export function useKeyListener() {
  useEffect(() => {
    let first = "";
    let timer: ReturnType<typeof setTimeout> | undefined;
    let early: { event: KeyboardEvent; focus: Element | null }[] = [];
    // Looked at before anybody has heard the key: the Escape that closes a dialog means nothing else.
    let wasOver = false;
    const look = () => {
      wasOver = isSomethingOver();
    };

    const hear = (event: KeyboardEvent, isOver: boolean): Action | undefined => {
      const before = first;
      first = "";
      clearTimeout(timer);
      const heard = heardNow(event, isOver);
      const key = pressed(event);
      const bound = (keys: string) =>
        heard.find((one) => one.keys?.includes(keys) && (one.isOffered?.(event) ?? true));
      const action = (before && bound(`${before} ${key}`)) || bound(key);
      if (action) {
        event.preventDefault();
        act(action, event);
        return action;
      }
      if (heard.some(({ keys }) => keys?.some((one) => one.startsWith(`${key} `)))) {
        first = key;
        timer = setTimeout(() => {
          first = "";
        }, SECOND_KEY_MS);
      } else if (areKeysToCome() && event.key.length === 1 && !isOver && !isWriting(event)) {
        early.push({ event, focus: document.activeElement });
        hastenKeys();
      }
      return undefined;
    };

    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || event.keyCode === 229 || isBare(event)) return;
      hear(event, wasOver);
    };

    const hearEarlyOnes = () => {
      if (early.length === 0 || areKeysToCome()) return;
      const kept = early;
      early = [];
      for (const { event, focus } of kept) {
        if (document.activeElement !== focus || performance.now() - event.timeStamp > KEPT_MS) continue;
        if (hear(event, isSomethingOver())?.choices) return; // what was pressed after it was meant for the list
      }
    };

    addEventListener("keydown", look, { capture: true });
    document.addEventListener("keydown", onKey);
    const stop = actionsRevision.subscribe(() => queueMicrotask(hearEarlyOnes));
    return () => {
      removeEventListener("keydown", look, { capture: true });
      document.removeEventListener("keydown", onKey);
      stop();
    };
  }, []);
}

/** In a text field, and over a dialog, only what is heard everywhere. */
function heardNow(event: KeyboardEvent, isOver: boolean): Action[] {
  const rests = isOver || isWriting(event);
  return actionsIn(layersNow()).filter(({ isEverywhere }) => isEverywhere || !rests);
}

const isWriting = (event: KeyboardEvent) => (event.target as HTMLElement).closest(WRITES) !== null;

const layersNow = (): Layer[] =>
  document.querySelector("[data-sheet]") ? ["app", "sheet"] : ["app", "page"];
