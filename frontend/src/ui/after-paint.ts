import { useCallback, useEffect, useEffectEvent, useLayoutEffect, useState } from "react";
import { keysToCome } from "./keys-to-come";

/** Time for the first paint to be over before more is fetched, so that it opens at once and offline too. */
const AFTER_PAINT_MS = 1500;

/**
 * Whether it is time for a part that brings keys: some time after the first paint, when it is asked for, or when somebody
 * presses a key that nobody knows so far. `andThen` is done after the paint as well.
 */
export function useAfterPaint(andThen: () => void): [boolean, () => void] {
  const [isDue, setDue] = useState(false);
  const ask = useCallback(() => setDue(true), []);
  const onPainted = useEffectEvent(andThen);
  useEffect(() => {
    const timer = setTimeout(() => {
      ask();
      onPainted();
    }, AFTER_PAINT_MS);
    return () => clearTimeout(timer);
  }, [ask]);
  useLayoutEffect(() => (isDue ? undefined : keysToCome(ask)), [isDue, ask]);
  return [isDue, ask];
}
