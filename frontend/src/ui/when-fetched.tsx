import { type ComponentType, useEffect, useLayoutEffect, useState } from "react";
import { keysToCome } from "./keys-to-come";

/** How long after a failure a part is asked for again, while it is wanted. */
const AGAIN_MS = 3000;

/**
 * A part of a page that is fetched when it is first shown. Where it cannot be had, as without a connection, the page
 * goes on without it, or with what stands in for it (`Before`), and asks again; React's own `lazy` would take the whole
 * page down. Keys that are pressed before a part that `bringsKeys` has come are kept for it.
 */
export function whenFetched<Props extends object>(
  load: () => Promise<{ default: ComponentType<Props> }>,
  Before?: ComponentType<Props>,
  bringsKeys = false,
): ComponentType<Props> {
  let known: ComponentType<Props> | null = null;
  return function Fetched(props: Props) {
    const [Part, setPart] = useState<ComponentType<Props> | null>(() => known);
    useEffect(() => {
      if (Part) return;
      let timer: ReturnType<typeof setTimeout> | undefined;
      let isWanted = true;
      const ask = async () => {
        try {
          known = (await load()).default;
          if (isWanted) setPart(() => known);
        } catch {
          if (isWanted) timer = setTimeout(ask, AGAIN_MS);
        }
      };
      void ask();
      return () => {
        isWanted = false;
        clearTimeout(timer);
      };
    }, [Part]);
    useLayoutEffect(() => (bringsKeys && !Part ? keysToCome(() => {}) : undefined), [Part]);
    const Shown = Part ?? Before;
    return Shown ? <Shown {...props} /> : null;
  };
}
