import { useEffectEvent, useLayoutEffect } from "react";
import { isSomethingOver } from "../../ui/over";

/**
 * Escape closes the sheet only when nothing in it has a use for the key: lists, menus and dialogs over the sheet stand
 * elsewhere in the document, and a field that is being edited takes its change back first. What is open is looked at
 * before anybody has handled the key, whether it was handled afterwards. Whoever is quick presses it while the focus
 * is still on the card under the sheet.
 */
export function useEscape(close: () => void) {
  const onEscape = useEffectEvent(close);
  useLayoutEffect(() => {
    let isOurs = false;
    const look = (event: KeyboardEvent) => {
      const target = event.target as HTMLElement;
      const isInside = target === document.body || target.closest("[data-sheet], #root") !== null;
      isOurs = event.key === "Escape" && isInside && !isSomethingOver() && !target.closest("[data-expanded]");
    };
    const act = (event: KeyboardEvent) => {
      if (isOurs && !event.defaultPrevented && !event.isComposing && event.keyCode !== 229) onEscape();
    };
    addEventListener("keydown", look, { capture: true });
    addEventListener("keydown", act);
    return () => {
      removeEventListener("keydown", look, { capture: true });
      removeEventListener("keydown", act);
    };
  }, []);
}
