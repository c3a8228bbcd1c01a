import { announce } from "@atlaskit/pragmatic-drag-and-drop-live-region";
import { useText } from "../../i18n/language";
import { cellOf } from "./arrangement";
import { useBoard } from "./board-context";
import { refusalAt, type Spot } from "./board-view";
import { useGroups } from "./use-arrangement";
import { useFolding } from "./use-folding";
import { useMove } from "./use-move";

type Step = { across: number; along: number };
export const STEPS: Record<string, Step> = {
  ArrowLeft: { across: -1, along: 0 },
  ArrowRight: { across: 1, along: 0 },
  ArrowUp: { across: 0, along: -1 },
  ArrowDown: { across: 0, along: 1 },
};

/** Going from card to card, and taking one along. */
export function useWalking() {
  const { set, view, arrangement, isOrdered, keyOf } = useBoard();
  const { moveTo, refusalsOf } = useMove();
  const { isFolded } = useFolding();
  const all = useGroups();
  const text = useText();
  const columns = all.columns.filter(({ key }) => !isFolded("column", key)).map(({ key }) => key);
  const lanes = all.lanes
    ? all.lanes.filter(({ key }) => !isFolded("lane", key)).map(({ key }) => key)
    : [""];

  const seenIn = ({ column, lane }: Spot) => arrangement.cell(cellOf(column, lane));
  const whereIs = (id: number) => {
    const place = arrangement.placeOf(id);
    return place && { ...place, row: seenIn(place).indexOf(id) };
  };

  function walk(from: number, { across, along }: Step) {
    const place = whereIs(from);
    if (!place) return;
    const inside = seenIn(place)[place.row + along];
    if (across === 0 && inside !== undefined) return view.focus(inside);
    const [keys, step] = across === 0 ? [lanes, along] : [columns, across];
    for (
      let at = keys.indexOf(across === 0 ? place.lane : place.column) + step;
      keys[at] !== undefined;
      at += step
    ) {
      const spot = across === 0 ? { ...place, lane: keys[at] ?? "" } : { ...place, column: keys[at] ?? "" };
      const seen = seenIn(spot);
      const next = across === 0 ? seen.at(along > 0 ? 0 : -1) : seen[Math.min(place.row, seen.length - 1)];
      if (next !== undefined) return view.focus(next);
    }
  }

  function carry(id: number, { across, along }: Step) {
    const place = whereIs(id);
    if (!place) return;
    const others = seenIn(place).length - 1;
    const staysInside = across === 0 && isOrdered && place.row + along >= 0 && place.row + along <= others;
    const spot = staysInside
      ? place
      : across === 0
        ? besideLane(place, along)
        : besideColumn(id, place, across);
    if (!spot) {
      const card = set.card(id);
      return card && announce(text("board.at_edge", { key: keyOf(card) }));
    }
    const row = staysInside
      ? place.row + along
      : across === 0 && along < 0
        ? seenIn(spot).length
        : across === 0
          ? 0
          : place.row;
    moveTo(id, spot, Math.min(row, seenIn(spot).length));
    view.focus(id);
  }

  function besideLane({ column, lane }: Spot, step: number): Spot | undefined {
    const next = lanes[lanes.indexOf(lane) + step];
    return next === undefined ? undefined : { column, lane: next };
  }

  /** The next column that takes the card; when none does, the neighbour, so that its refusal is said. */
  function besideColumn(id: number, { column, lane }: Spot, step: number): Spot | undefined {
    const refusals = refusalsOf(id);
    const from = columns.indexOf(column);
    for (let next = from + step; columns[next] !== undefined; next += step) {
      const spot = { column: columns[next] ?? "", lane };
      if (!refusalAt(refusals, spot)) return spot;
    }
    const neighbour = columns[from + step];
    return neighbour === undefined ? undefined : { column: neighbour, lane };
  }

  function toEnd(id: number, isLast: boolean) {
    const place = whereIs(id);
    const end = place && seenIn(place).at(isLast ? -1 : 0);
    if (end !== undefined) view.focus(end);
  }

  function toFirst() {
    for (const lane of lanes)
      for (const column of columns) {
        const [first] = seenIn({ column, lane });
        if (first !== undefined) return view.focus(first);
      }
  }

  /** Where a new card would go: the column of the card under the focus, else the one on the screen, else the first. */
  const columnOf = (id: number | null) =>
    (id !== null && arrangement.placeOf(id)?.column) || view.page.get() || (columns[0] ?? null);

  return { walk, carry, toEnd, toFirst, columnOf };
}
