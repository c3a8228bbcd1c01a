import { useNavigate, useSearch } from "@tanstack/react-router";
import { useCallback, useEffect, useMemo } from "react";
import type { SavedView, ViewSettings } from "../../api/types";
import { type BoardSearch, isChanged, searchFor, settingsIn } from "./settings";

type Choice = {
  /** The view that the address names, or the person's own default; none is the board as it comes. */
  view: SavedView | undefined;
  /** Its id; 0 for the board as it comes. */
  named: number;
  isChanged: boolean;
  settings: ViewSettings;
  look: (change: Partial<ViewSettings>) => void;
  choose: (view: number) => void;
  /** The address names a view that this reader hasn't: somebody's own, or one that is gone. */
  isMissing: boolean;
};

/** How the board is looked at: what the address says, on top of the view that it names. */
export function useLook(isMany: boolean, views: readonly SavedView[], start: number | null): Choice {
  const search: BoardSearch = useSearch({ strict: false });
  const navigate = useNavigate();
  const named = search.view ?? start ?? 0;
  const view = views.find(({ id }) => id === named);
  const { q, columns, lanes, sort, hide } = search;
  const settings = useMemo(
    () => settingsIn({ q, columns, lanes, sort, hide }, view?.settings, isMany),
    [q, columns, lanes, sort, hide, view, isMany],
  );
  const go = useCallback(
    (next: BoardSearch) => void navigate({ to: ".", search: () => next, replace: true }),
    [navigate],
  );
  const inAddress = (id: number) => id || (start === null ? undefined : 0);
  const at = inAddress(view?.id ?? 0);
  const look = useCallback(
    (change: Partial<ViewSettings>) => go(searchFor({ ...settings, ...change }, view, isMany, at)),
    [go, settings, view, isMany, at],
  );
  const choose = (id: number) => go({ view: inAddress(id) });

  // Whoever is sent the address sees what its sender sees, and not a default of their own.
  useEffect(() => {
    if (search.view === undefined && view) go({ ...search, view: view.id });
  }, [search, view, go]);
  return {
    view,
    named: view?.id ?? 0,
    isChanged: isChanged(search),
    settings,
    look,
    choose,
    isMissing: (search.view ?? 0) !== 0 && !view,
  };
}
