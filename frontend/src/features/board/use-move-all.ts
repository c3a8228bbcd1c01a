import { announce } from "@atlaskit/pragmatic-drag-and-drop-live-region";
import { useText } from "../../i18n/language";
import { changeTasks, type ManyChange, moveTasks } from "../../live/many";
import type { Refusal } from "../../live/refusal";
import { cellOf } from "./arrangement";
import { useBoard } from "./board-context";
import { type Refusals, refusalAt, type Spot } from "./board-view";
import { dropOn, factsOf } from "./drops";
import type { Group, Grouping } from "./groupings";
import { useGroups } from "./use-arrangement";
import { useChosen } from "./use-chosen";

/** Between which cards a block goes. */
export type Gap = { after: number | null; before: number | null };

/** Moving several cards in one step, however it is asked for. */
export function useMoveAll() {
  const { set, arrangement, columns, lanes, isOrdered, rulesOf } = useBoard();
  const groups = useGroups();
  const { boards } = useChosen();
  const text = useText();

  /** Why the cards may not all go to columns and lanes, for each where they may not: what stands in the way of the first. */
  const refusalsOfAll = (ids: readonly number[]): Refusals => ({
    columns: among(ids, columns, groups.columns),
    lanes: lanes && groups.lanes ? among(ids, lanes, groups.lanes) : new Map(),
  });

  function among(ids: readonly number[], grouping: Grouping, all: Group[]): Map<string, Refusal> {
    const cards = ids.map(set.card).filter((card) => card !== undefined);
    const refusals = new Map<string, Refusal>();
    for (const group of all) {
      const coming = cards.filter((card) => grouping.keyOf(card) !== group.key).length;
      for (const card of cards) {
        const rules = rulesOf(card);
        // The limit counts all that come, not one.
        const countOf = (status: number) => rules.countOf(status) + Math.max(0, coming - 1);
        const drop = dropOn(grouping, group, card, { ...rules, countOf });
        if (drop.does === "refuse" && !refusals.has(group.key)) refusals.set(group.key, drop.refusal);
      }
    }
    return refusals;
  }

  /** The nearest cards that stay, around the place at `index` among those that are seen without the card in the hand. */
  const placeFor = (ids: readonly number[], inHand: number, { column, lane }: Spot, index: number): Gap => {
    const seen = arrangement.cell(cellOf(column, lane)).filter((id) => id !== inHand);
    const stays = (id: number) => !ids.includes(id);
    return {
      after: seen.slice(0, index).findLast(stays) ?? null,
      before: seen.slice(index).find(stays) ?? null,
    };
  };

  /** What being in a column or a lane means for all of them, apart from the status of one initiative. */
  function changeInto(ids: readonly number[], grouping: Grouping, group: Group): ManyChange {
    if (group.mark === "category") return { category: group.category };
    if (grouping.field === "label") {
      const leaving = [...new Set(ids.flatMap((id) => set.card(id)?.labels ?? []))];
      const joining = group.mark === "label" ? group.label.id : null;
      return {
        labels: {
          add: joining === null ? [] : [joining],
          remove: joining === null ? leaving : [],
        },
      };
    }
    const none = group.mark === "none" && (grouping.field === "function" || grouping.field === "owner");
    return none ? { [grouping.field]: null } : (factsOf(group, rulesOfAny(ids).today) as ManyChange);
  }
  const rulesOfAny = (ids: readonly number[]) => {
    const card = set.card(ids[0] ?? 0);
    return card ? rulesOf(card) : { today: "" };
  };

  const moveAll = (ids: readonly number[], spot: Spot, gap: Gap) => {
    const column = groups.columns.find(({ key }) => key === spot.column);
    const lane = groups.lanes?.find(({ key }) => key === spot.lane);
    if (!column || ids.length === 0 || refusalAt(refusalsOfAll(ids), spot)) return;
    const isElsewhere = (grouping: Grouping, { key }: Group) =>
      ids.some((id) => {
        const card = set.card(id);
        return card !== undefined && grouping.keyOf(card) !== key;
      });
    const change: ManyChange = {
      ...(column.mark !== "status" && isElsewhere(columns, column) && changeInto(ids, columns, column)),
      ...(lanes && lane && isElsewhere(lanes, lane) && changeInto(ids, lanes, lane)),
    };
    if (Object.keys(change).length > 0)
      changeTasks(boards, ids, change, (card) => {
        const drop = dropOn(columns, column, card, rulesOf(card));
        return drop.does === "move"
          ? drop.status.id
          : drop.does === "choose"
            ? drop.statuses[0]?.id
            : undefined;
      });
    if (column.mark === "status" && (isOrdered || isElsewhere(columns, column)))
      moveTasks(boards, ids, {
        status: column.status.id,
        ...(isOrdered ? gap : { after: null, before: null }),
      });
    announce(text("select.said_moved", { count: ids.length, column: column.name }));
  };

  return { refusalsOfAll, moveAll, placeFor };
}
