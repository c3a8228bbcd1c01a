import { Suspense, useSyncExternalStore } from "react";
import { loadMoreWords } from "../i18n/language";
import { refusals } from "../live/streams";
import { whenFetched } from "../ui/when-fetched";

const RefusalToasts = whenFetched(async () => {
  const [module] = await Promise.all([import("./refusal-toasts"), loadMoreWords()]);
  return { default: module.RefusalToasts };
});

/** Fetches what shows refusals when there is the first one. */
export function Refusals() {
  const isNeeded = useSyncExternalStore(refusals.subscribe, () => refusals.get().length > 0);
  return isNeeded ? (
    <Suspense>
      <RefusalToasts />
    </Suspense>
  ) : null;
}
