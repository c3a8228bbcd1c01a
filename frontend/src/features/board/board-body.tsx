import { type ReactNode, useSyncExternalStore } from "react";
import { useText } from "../../i18n/language";
import { EmptyState } from "../../ui/empty-state";
import { glyphClass } from "../../ui/glyph";
import main from "../../ui/main-button.module.css";
import styles from "./board-body.module.css";
import { BoardColumns } from "./board-columns";
import { useBoard } from "./board-context";
import { FilterBar } from "./filter-bar";
import { useGroups, useSum } from "./use-arrangement";
import { useBoardActions } from "./use-board-actions";
import { ViewMissing } from "./view-missing";

/** The columns; or, on a board without any card, how to begin. */
export function BoardBody({ empty }: { empty?: ReactNode }) {
  const { view, canAdd } = useBoard();
  const { columns } = useGroups();
  const text = useText();
  const { total } = useSum("all");
  const adding = useSyncExternalStore(view.adding.subscribe, view.adding.get);
  useBoardActions(); // also where there is no card yet: the first is added by a key too
  const addFirst = () => view.adding.set(view.page.get() ?? columns[0]?.key ?? null);

  if (total === 0 && adding === null)
    return (
      <div className={styles.empty}>
        {empty ?? (
          <EmptyState
            title={text("empty.title")}
            lead={text(canAdd ? "empty.lead" : "empty.lead_reader")}
            action={
              canAdd && (
                <button type="button" className={main.button} onClick={addFirst}>
                  {text("empty.action")}
                </button>
              )
            }
          />
        )}
      </div>
    );
  return (
    <>
      <ViewMissing />
      <FilterBar />
      <BoardColumns />
      {canAdd && (
        <button
          type="button"
          className={`${styles.add} ${glyphClass("plus")}`}
          aria-label={text("board.new_card")}
          onClick={addFirst}
        />
      )}
    </>
  );
}
