const EDGE = 12;
/** Of the list, as in mention-list.module.css. */
const WIDEST = 420;

/** Below the caret, or above it where there is no room; never beyond the window's edge. In pixels of the window. */
export function placeOf({ left, top, bottom }: { left: number; top: number; bottom: number }) {
  const side = Math.max(EDGE, Math.min(left, innerWidth - WIDEST - EDGE));
  const isLow = innerHeight - bottom < 310;
  return isLow ? { left: side, bottom: innerHeight - top + 4 } : { left: side, top: bottom + 4 };
}
