import { useCallback, useMemo } from "react";
import { useBoard } from "./board-context";
import { useViews } from "./use-board";

/** What is folded away, for this person, on whatever machine they look at the board. */
export function useFolding() {
  const board = useBoard();
  const { folded } = useViews(board);
  const { views, columns, lanes } = board;
  const set = useMemo(() => new Set(folded), [folded]);
  const nameOf = useCallback(
    (kind: "column" | "lane", key: string) =>
      `${kind}.${(kind === "column" ? columns : lanes)?.field}.${key}`,
    [columns, lanes],
  );
  return {
    isFolded: (kind: "column" | "lane", key: string) => set.has(nameOf(kind, key)),
    fold: (kind: "column" | "lane", key: string, isFolded: boolean) =>
      views.fold(nameOf(kind, key), isFolded),
  };
}
