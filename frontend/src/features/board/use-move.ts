import { announce } from "@atlaskit/pragmatic-drag-and-drop-live-region";
import type { TaskRow } from "../../api/types";
import { useText } from "../../i18n/language";
import { changeTask, moveTask } from "../../live/commands";
import type { Refusal } from "../../live/refusal";
import { useRefusalText } from "../../live/use-refusal-text";
import { cellOf } from "./arrangement";
import { useBoard } from "./board-context";
import type { Refusals, Spot } from "./board-view";
import { type Drop, dropOn } from "./drops";
import type { Group } from "./groupings";
import { placeAt, without } from "./place";
import { useGroups } from "./use-arrangement";

/** Moving a card, however it is asked for: by drop, key or menu. Says what happened to those who can't see it. */
export function useMove() {
  const board = useBoard();
  const { set, view, arrangement, columns, lanes, isOrdered, rulesOf, keyOf } = board;
  const groups = useGroups();
  const text = useText();
  const refusalText = useRefusalText();

  /** `status` is the one of the two that stands for a status, if it says that the card gets another. */
  const dropsFor = (
    card: TaskRow,
    { column, lane }: Spot,
  ): { column: Drop; lane: Drop; status: Drop | undefined; names: string } => {
    const rules = rulesOf(card);
    const into = groups.columns.find(({ key }) => key === column);
    const beside = lanes && groups.lanes?.find(({ key }) => key === lane);
    const drops: { column: Drop; lane: Drop } = {
      column: into ? dropOn(columns, into, card, rules) : { does: "nothing" },
      lane: lanes && beside ? dropOn(lanes, beside, card, rules) : { does: "nothing" },
    };
    return {
      ...drops,
      status: [drops.column, drops.lane].find(({ does }) => does === "move" || does === "choose"),
      names: [into?.name, beside?.name].filter(Boolean).join(" · "),
    };
  };

  /** Why a card may not go to columns and lanes, for those where it may not. */
  const refusalsOf = (id: number): Refusals => {
    const card = set.card(id);
    const among = (all: Group[] | null, grouping: typeof lanes) => {
      const found = new Map<string, Refusal>();
      for (const group of (card && grouping && all) || []) {
        const drop = card && grouping && dropOn(grouping, group, card, rulesOf(card));
        if (drop?.does === "refuse") found.set(group.key, drop.refusal);
      }
      return found;
    };
    return { columns: among(groups.columns, columns), lanes: among(groups.lanes, lanes) };
  };

  function sayRefusal(card: TaskRow, refusal: Refusal) {
    const { title, remedy } = refusalText(refusal);
    const from = arrangement.placeOf(card.id)?.column;
    const column = groups.columns.find(({ key }) => key === from)?.name ?? "";
    announce(text("board.refused_said", { key: keyOf(card), column, reason: `${title}. ${remedy}` }));
  }

  /**
   * Puts a card into a column and a lane, at `index` among the others that are seen there. `status` says into which,
   * where several would do. True when something changed.
   */
  const moveTo = (id: number, spot: Spot, index: number, status?: number): boolean => {
    const card = set.card(id);
    const store = set.boardOf(id);
    if (!card || !store) return false;
    const drops = dropsFor(card, spot);
    for (const drop of [drops.column, drops.lane])
      if (drop.does === "refuse") {
        sayRefusal(card, drop.refusal);
        return false;
      }
    if (drops.status?.does === "choose" && status === undefined) {
      view.dropped.set(spot);
      view.moving.set(id);
      return false;
    }
    const before = arrangement.placeOf(id)?.cell;
    const cell = cellOf(spot.column, spot.lane);
    const seen = arrangement.cell(cell);
    const others = without(seen, id);
    const place = isOrdered ? Math.max(0, Math.min(index, others.length)) : 0;
    const change = {
      ...(drops.column.does === "change" && drops.column.change),
      ...(drops.lane.does === "change" && drops.lane.change),
    };
    const target = drops.status?.does === "move" ? drops.status.status.id : status;
    const isReordered = isOrdered && (target !== undefined || seen.indexOf(id) !== place);
    if (Object.keys(change).length === 0 && target === undefined && !isReordered) return false;
    // Under a filter, or with lanes, others may stand in between.
    const isPart = board.settings.filter !== "" || lanes !== null;
    if (isReordered) moveTask(store, id, placeAt(target ?? card.status, others, place, isPart), change);
    else if (target !== undefined) moveTask(store, id, { status: target, after: null, before: null }, change);
    else changeTask(store, id, change);
    say(card, cell, drops.names, before);
    return true;
  };

  /** Where the card is now, as it is shown. */
  function say(card: TaskRow, cell: string, column: string, before: string | undefined) {
    const key = keyOf(card);
    const ids = arrangement.cell(cell);
    const place = ids.indexOf(card.id) + 1;
    if (place === 0) return announce(text("board.moved_away", { key, column }));
    const said = before === cell ? "board.moved_within" : "board.moved";
    announce(text(said, { key, column, place, total: ids.length }));
  }

  return { refusalsOf, moveTo, dropsFor };
}
