import { IconKeyboard } from "@tabler/icons-react";
import { Suspense, useSyncExternalStore } from "react";
import { loadMoreWords } from "../i18n/language";
import { type Action, openPalette, overlay } from "../ui/actions";
import { useAfterPaint } from "../ui/after-paint";
import { useActions } from "../ui/use-actions";
import { useKeyListener } from "../ui/use-key-listener";
import { whenFetched } from "../ui/when-fetched";
import { losing } from "./leaving";

const withWords = async <T,>(load: Promise<T>) => (await Promise.all([load, loadMoreWords()]))[0];
const loadActions = () => withWords(import("./app-actions"));
const loadPalette = () => withWords(import("../features/search/palette"));
const loadKeys = () => withWords(import("../features/search/key-list"));
const SignOutDialog = whenFetched<{ count: number }>(async () => ({
  default: (await withWords(import("./sign-out-dialog"))).SignOutDialog,
}));
const AppActions = whenFetched(async () => ({ default: (await loadActions()).AppActions }), undefined, true);
const Palette = whenFetched(async () => ({ default: (await loadPalette()).Palette }));
const KeyList = whenFetched(async () => ({ default: (await loadKeys()).KeyList }));

const doors: Action[] = [
  {
    id: "palette",
    group: "help",
    word: "keys.palette",
    keys: ["Mod+k"],
    isEverywhere: true,
    isKeyOnly: true,
    run: toggle,
  },
  {
    id: "search",
    group: "help",
    word: "keys.search",
    keys: ["/"],
    isKeyOnly: true,
    run: () => openPalette(),
  },
  {
    id: "keys",
    group: "help",
    word: "keys.help",
    keys: ["?"],
    icon: IconKeyboard,
    run: () => overlay.set({ kind: "keys" }),
  },
];

function toggle() {
  if (overlay.get()?.kind === "palette") overlay.set(null);
  else openPalette();
}

/** Keys, and what they open over any page: the palette and the list of keys. */
export function Overlays() {
  const open = useSyncExternalStore(overlay.subscribe, overlay.get);
  const unsent = useSyncExternalStore(losing.subscribe, losing.get);
  const [isPainted, ask] = useAfterPaint(() => void Promise.allSettled([loadPalette(), loadKeys()]));
  useKeyListener();
  useActions("app", doors);
  // Whoever has opened one of them once goes on with keys.
  if (open && !isPainted) ask();

  return (
    <Suspense>
      {isPainted && <AppActions />}
      {open?.kind === "palette" && (
        <Palette key={open.action?.id ?? ""} asked={open.action} typed={open.query} />
      )}
      {open?.kind === "keys" && <KeyList />}
      {unsent > 0 && <SignOutDialog count={unsent} />}
    </Suspense>
  );
}
