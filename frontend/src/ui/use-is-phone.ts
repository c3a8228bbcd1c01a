import { useSyncExternalStore } from "react";

const phone = globalThis.matchMedia?.("(max-width: 640px)");

/** Whether the page is as narrow as a phone's: tables then become cards. */
export function useIsPhone(): boolean {
  return useSyncExternalStore(subscribe, () => phone?.matches ?? false);
}

function subscribe(listener: () => void) {
  phone?.addEventListener("change", listener);
  return () => phone?.removeEventListener("change", listener);
}
