import { useSyncExternalStore } from "react";
import { useFormat } from "../../i18n/format";
import { useText } from "../../i18n/language";
import { glyphClass } from "../../ui/glyph";
import { useBoard } from "./board-context";
import { refusalAt } from "./board-view";
import styles from "./column-head.module.css";
import { GroupMark } from "./group-mark";
import type { Group } from "./groupings";
import { useSum } from "./use-arrangement";
import { useFolding } from "./use-folding";

/** Name, count against the limit, hours, and the ways to fold the column and to a new card. */
export function ColumnHead({ group }: { group: Group }) {
  const { view, arrangement, canAdd } = useBoard();
  const text = useText();
  const format = useFormat();
  const { fold } = useFolding();
  const { total, hours } = useSum("column", group.key);
  const coming = useSyncExternalStore(view.drag.subscribe, () => {
    const drag = view.drag.get();
    if (!drag?.over || drag.over.column !== group.key || refusalAt(drag.refusals, drag.over)) return 0;
    return drag.lot.filter((id) => arrangement.placeOf(id)?.column !== group.key).length;
  });
  const limit = group.mark === "status" ? group.status.limit : null;
  const isOver = limit !== null && total > limit;
  const count =
    coming > 0
      ? limit === null
        ? text("board.becomes", { total, next: total + coming })
        : text("board.becomes_of", { total, next: total + coming, limit })
      : limit === null
        ? format.number(total)
        : text(isOver ? "board.over_limit" : "board.count_of_limit", { total, limit });
  const toFold = text("board.fold", { name: group.name });
  const toAdd = text("board.new_card_in", { column: group.name });

  return (
    <header className={styles.head}>
      <GroupMark group={group} />
      <h2 className={styles.name} title={group.name}>
        {group.name}
      </h2>
      <button
        type="button"
        className={`${styles.fold} ${glyphClass("chevron-left")}`}
        aria-label={toFold}
        aria-expanded
        title={toFold}
        onClick={() => fold("column", group.key, true)}
      />
      {canAdd && (
        <button
          type="button"
          className={`${styles.add} ${glyphClass("plus")}`}
          aria-label={toAdd}
          title={toAdd}
          onClick={() => view.adding.set(group.key)}
        />
      )}
      <p className={styles.meta}>
        <span className={`${styles.count} ${isOver ? styles.over : ""} ${coming > 0 ? styles.coming : ""}`}>
          {count}
        </span>
        {hours > 0 && (
          <span className={styles.hours}>{text("unit.hours", { hours: format.number(hours) })}</span>
        )}
      </p>
    </header>
  );
}
