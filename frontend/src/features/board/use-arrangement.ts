import { useCallback, useMemo, useSyncExternalStore } from "react";
import { cellOf, type Sum } from "./arrangement";
import { useBoard } from "./board-context";
import type { Group } from "./groupings";

/** The ids of a cell's cards in their order; repaints only when that cell changes. */
export function useCell(column: string, lane: string): readonly number[] {
  const { arrangement } = useBoard();
  const key = cellOf(column, lane);
  const watch = useCallback((tell: () => void) => arrangement.watchCell(key, tell), [arrangement, key]);
  return useSyncExternalStore(watch, () => arrangement.cell(key));
}

/** How many cards and hours a column, a lane or the whole board has. */
export function useSum(kind: "column" | "lane" | "all", key = ""): Sum {
  const { arrangement } = useBoard();
  const watch = useCallback(
    (tell: () => void) => arrangement.watchSum(kind, key, tell),
    [arrangement, kind, key],
  );
  return useSyncExternalStore(watch, () => arrangement.sumOf(kind, key));
}

/** The columns and the lanes, in their order. Lanes in which there is no card don't take any room. */
export function useGroups(): { columns: Group[]; lanes: Group[] | null } {
  const { arrangement, columns, lanes } = useBoard();
  const present = useSyncExternalStore(arrangement.watchPresent, arrangement.present);
  return useMemo(
    () => ({
      columns: columns.groups(present.columns),
      lanes: lanes ? lanes.groups(present.lanes).filter(({ key }) => present.lanes.includes(key)) : null,
    }),
    [columns, lanes, present],
  );
}
