import { useMemo } from "react";
import { cellOf } from "./arrangement";
import { useBoard } from "./board-context";
import { useGroups } from "./use-arrangement";

/** What the board knows about cards that somebody has chosen: where each is, and in which order they stand. */
export function useChosen() {
  const { set, arrangement, keyOf } = useBoard();
  const { columns, lanes } = useGroups();
  return useMemo(() => {
    const cells = columns.flatMap(({ key }) => (lanes ?? [{ key: "" }]).map((lane) => cellOf(key, lane.key)));
    return {
      boards: set,
      /** Those of them that are still seen here, as they stand: column by column, from top to bottom. */
      inOrder: (ids: ReadonlySet<number>) =>
        cells.flatMap((cell) => arrangement.cell(cell).filter((id) => ids.has(id))),
      /** The cards that are seen in the same cell. */
      beside: (id: number): readonly number[] => arrangement.cell(arrangement.placeOf(id)?.cell ?? ""),
      nameOf: (id: number) => {
        const card = set.card(id);
        return card && keyOf(card);
      },
    };
  }, [set, arrangement, keyOf, columns, lanes]);
}
