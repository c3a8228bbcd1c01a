import { announce } from "@atlaskit/pragmatic-drag-and-drop-live-region";
import type { TaskRow } from "../../api/types";
import { useFormat } from "../../i18n/format";
import { useText } from "../../i18n/language";
import { changeTasks, type ManyChange, moveTasks } from "../../live/many";
import type { Refusal } from "../../live/refusal";
import { cellOf } from "./arrangement";
import { useBoard } from "./board-context";
import { type Refusals, refusalAt, type Spot } from "./board-view";
import { changeForAll, dropOn } from "./drops";
import type { Group, Grouping } from "./groupings";
import { useGroups } from "./use-arrangement";
import { useChosen } from "./use-chosen";

/** Between which cards a block goes. */
export type Gap = { after: number | null; before: number | null };

/** Moving several cards in one step, however it is asked for. */
export function useMoveAll() {
  const { set, arrangement, columns, lanes, isOrdered, rulesOf } = useBoard();
  const format = useFormat();
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

  /** The status of its own initiative that a card gets in a column or a lane of several. */
  const statusIn = (grouping: Grouping, group: Group | undefined) => (card: TaskRow) => {
    const drop = group ? dropOn(grouping, group, card, rulesOf(card)) : { does: "nothing" as const };
    return drop.does === "move" ? drop.status.id : drop.does === "choose" ? drop.statuses[0]?.id : undefined;
  };

  const moveAll = (ids: readonly number[], spot: Spot, gap: Gap) => {
    const column = groups.columns.find(({ key }) => key === spot.column);
    const lane = groups.lanes?.find(({ key }) => key === spot.lane);
    if (!column || ids.length === 0 || refusalAt(refusalsOfAll(ids), spot)) return;
    const cards = ids.map(set.card).filter((card) => card !== undefined);
    const isElsewhere = (grouping: Grouping, { key }: Group) =>
      cards.some((card) => grouping.keyOf(card) !== key);
    const into = (grouping: Grouping, group: Group): ManyChange =>
      isElsewhere(grouping, group) ? changeForAll(cards, grouping, group, format.today()) : {};
    const change = { ...into(columns, column), ...(lanes && lane && into(lanes, lane)) };
    // One of the two may stand for a status.
    const [grouping, group] = lanes && isOfStatus(lanes) ? [lanes, lane] : [columns, column];
    if (group?.mark === "status" && (isOrdered || isElsewhere(grouping, group))) {
      const place = isOrdered ? gap : { after: null, before: null };
      moveTasks(boards, ids, { status: group.status.id, ...place }, change);
    } else if (Object.keys(change).length > 0) changeTasks(boards, ids, change, statusIn(grouping, group));
    announce(text("select.said_moved", { count: ids.length, column: column.name }));
  };

  return { refusalsOfAll, moveAll, placeFor };
}

const isOfStatus = ({ field }: Grouping) => field === "status" || field === "category";
