import { useSyncExternalStore } from "react";
import { useText } from "../../i18n/language";
import { Phrase } from "../../i18n/phrase";
import { cellOf } from "./arrangement";
import { useBoard } from "./board-context";
import { refusalAt } from "./board-view";
import { without } from "./place";
import styles from "./say-bar.module.css";
import { useGroups } from "./use-arrangement";

/** While a card is in the hand: where it would go, and how to think better of it. */
export function SayBar() {
  const { set, view, arrangement, keyOf } = useBoard();
  const groups = useGroups();
  const text = useText();
  const drag = useSyncExternalStore(view.drag.subscribe, view.drag.get);
  const card = drag && set.card(drag.id);
  if (!drag || !card) return null;
  const spot = drag.over ?? drag.from;
  const group = groups.columns.find(({ key }) => key === spot.column);
  if (!group) return null;

  const lane = groups.lanes?.find(({ key }) => key === spot.lane);
  const several = drag.lot.length > 1 && text("board.cards", { count: drag.lot.length });
  const key = several || keyOf(card);
  const column = <b>{lane ? `${group.name} · ${lane.name}` : group.name}</b>;
  const seen = arrangement.cell(cellOf(spot.column, spot.lane));
  const total = without(seen, drag.id).length + 1;
  const place = (drag.over === null ? seen.indexOf(drag.id) : drag.index) + 1;
  return (
    <div className={styles.bar}>
      <span>
        {refusalAt(drag.refusals, spot) ? (
          <Phrase id="board.say_refused" values={{ key, column }} />
        ) : drag.lot.length > 1 ? (
          <Phrase id="board.say_moving_all" values={{ key, column }} />
        ) : (
          <Phrase id="board.say_moving" values={{ key, column, place, total }} />
        )}
      </span>
      <span className={styles.esc}>
        <Phrase id="board.say_cancel" values={{ esc: <kbd>Esc</kbd> }} />
      </span>
    </div>
  );
}
