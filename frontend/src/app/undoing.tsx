import { IconArrowBackUp, IconArrowForwardUp } from "@tabler/icons-react";
import { Suspense, useSyncExternalStore } from "react";
import { loadMoreWords } from "../i18n/language";
import { boards } from "../live/boards";
import { said } from "../live/deeds";
import { redo, undo } from "../live/undo";
import { Observable } from "../observable";
import type { Action } from "../ui/actions";
import { useActions } from "../ui/use-actions";
import { whenFetched } from "../ui/when-fetched";

const DoneBar = whenFetched(async () => {
  const [module] = await Promise.all([import("./done-bar"), loadMoreWords()]);
  return { default: module.DoneBar };
});

/** Why something could not be undone, where it is known at once. */
export const failed = new Observable<{ error: unknown; at: number } | null>(null);

/** The board that the address is about: where a fresh tab asks the server what was done last. */
const boardHere = () => {
  const [, key] = /^\/b\/([^/]+)/.exec(location.pathname) ?? [];
  return key ? boards.byKey(decodeURIComponent(key)) : undefined;
};

const run = (what: typeof undo) => () => {
  failed.set(null);
  what(boardHere()).catch((error: unknown) => failed.set({ error, at: Date.now() }));
};
export const undoHere = run(undo);
export const redoHere = run(redo);

const actions: Action[] = [
  { id: "undo", group: "you", word: "doing.undo", keys: ["Mod+z"], icon: IconArrowBackUp, run: undoHere },
  {
    id: "redo",
    group: "you",
    word: "doing.redo",
    keys: ["Mod+Shift+z", "Mod+y"],
    icon: IconArrowForwardUp,
    run: redoHere,
  },
];

/** Undo and redo, from anywhere; and what says that something was done, undone, or could not be. */
export function Undoing() {
  useActions("app", actions);
  const isNeeded = useSyncExternalStore(said.subscribe, () => said.get() !== null);
  const hasFailed = useSyncExternalStore(failed.subscribe, () => failed.get() !== null);
  return isNeeded || hasFailed ? (
    <Suspense>
      <DoneBar />
    </Suspense>
  ) : null;
}
