import type { KeyboardEvent } from "react";

/** True while an input method composes: Enter then chooses a word and must not submit. Safari reports only 229. */
export function isComposing(event: KeyboardEvent) {
  return event.nativeEvent.isComposing || event.keyCode === 229;
}
