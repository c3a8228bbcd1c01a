import type { SavedView } from "../../api/types";
import type { TextKey } from "../../i18n/catalogue";
import { useText } from "../../i18n/language";
import { useBoard } from "./board-context";
import { useViews } from "./use-board";
import { useLook } from "./use-look";

export type ViewAct = { id: string; word: TextKey; isDanger?: boolean; run: () => void };
type ViewChoice = { id: number; name: string; isChosen: boolean; isStart: boolean; run: () => void };
/** The views of one kind; the board as it comes stands alone. */
export type ViewList = { title: TextKey | null; rows: ViewChoice[] };

/** The views to choose from, and what can be done with the one that is chosen: for the menu and the palette. */
export function useViewChoices() {
  const board = useBoard();
  const { views } = board;
  const { views: all, default: start } = useViews(board);
  const { view, named, isChanged, choose } = useLook(board.isMany, all, start);
  const text = useText();
  const mayChange = view?.can.includes("change") ?? false;
  const ask = (what: "save" | "rename" | "remove") => board.view.viewDialog.set(what);

  const row = (id: number, name: string) => ({
    id,
    name,
    isChosen: id === named,
    isStart: id === (start ?? 0),
    run: () => choose(id),
  });
  const rows = (some: SavedView[]) =>
    some.sort((a, b) => a.name.localeCompare(b.name)).map(({ id, name }) => row(id, name));
  const lists: ViewList[] = [
    { title: null, rows: [row(0, text("view.plain"))] },
    { title: "view.own", rows: rows(all.filter(({ is_shared }) => !is_shared)) },
    { title: "view.shared", rows: rows(all.filter(({ is_shared }) => is_shared)) },
  ];

  const acts: ViewAct[] = [
    { id: "save", word: view ? "view.save_copy" : "view.save_as", run: () => ask("save") },
  ];
  if (isChanged && view && mayChange)
    acts.unshift({
      id: "keep",
      word: "view.save_changes",
      run: () => void views.change(view.id, { settings: board.settings }).then(() => choose(view.id)),
    });
  if (isChanged) acts.push({ id: "reset", word: "view.reset", run: () => choose(named) });
  if (named !== (start ?? 0))
    acts.push({ id: "start", word: "view.start_here", run: () => void views.startWith(view?.id ?? null) });
  if (view && mayChange)
    acts.push(
      { id: "rename", word: "view.edit", run: () => ask("rename") },
      { id: "remove", word: "view.remove", isDanger: true, run: () => ask("remove") },
    );
  return { view, isChanged, choose, lists: lists.filter((list) => list.rows.length > 0), acts };
}
