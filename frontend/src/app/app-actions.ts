import { useAppActions } from "./use-app-actions";

/** Offers what can be done from anywhere. Comes after the first paint, with its words. */
export function AppActions() {
  useAppActions();
  return null;
}
