/** Below the caret, or above it where there is no room; never beyond the window's edge. In pixels of the window. */
export function placeOf({ left, top, bottom }: { left: number; top: number; bottom: number }) {
  const side = Math.max(8, Math.min(left, innerWidth - 320));
  const isLow = innerHeight - bottom < 310;
  return isLow ? { left: side, bottom: innerHeight - top + 4 } : { left: side, top: bottom + 4 };
}
