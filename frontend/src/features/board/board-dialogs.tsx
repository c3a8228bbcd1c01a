import { Suspense, useSyncExternalStore } from "react";
import { loadMoreWords } from "../../i18n/language";
import { useAfterPaint } from "../../ui/after-paint";
import { whenFetched } from "../../ui/when-fetched";
import { useBoard } from "./board-context";

const loadMoveTo = () => import("./move-to");
const loadCardActions = () => Promise.all([import("./card-actions"), loadMoreWords()]);
const CardActions = whenFetched(
  async () => ({ default: (await loadCardActions())[0].CardActions }),
  undefined,
  true,
);
const ViewDialogs = whenFetched(async () => {
  const [{ ViewDialogs: Dialogs }] = await Promise.all([import("./view-dialogs"), loadMoreWords()]);
  return { default: Dialogs };
});
const MoveTo = whenFetched(async () => ({ default: (await loadMoveTo()).MoveTo }));

/** What opens over the board. The first paint doesn't wait for it. */
export function BoardDialogs() {
  const { view } = useBoard();
  const isMoving = useSyncExternalStore(view.moving.subscribe, () => view.moving.get() !== null);
  const asked = useSyncExternalStore(view.viewDialog.subscribe, view.viewDialog.get);
  const hasChosen = useSyncExternalStore(view.selection.ids.subscribe, () => view.selection.size > 0);
  const [isPainted, ask] = useAfterPaint(() => loadMoveTo().catch(() => {})); // it is asked for again when it is wanted
  // Whoever has chosen cards once goes on working with keys, also when nothing is chosen any more.
  if (hasChosen && !isPainted) ask();

  return (
    <>
      <Suspense>{isMoving && <MoveTo />}</Suspense>
      {asked !== null && <ViewDialogs key={asked} />}
      <Suspense>{isPainted && <CardActions />}</Suspense>
    </>
  );
}
