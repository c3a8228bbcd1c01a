import { Button } from "@mantine/core";
import { type ReactNode, useState } from "react";
import type { TaskRow } from "../../api/types";
import { useText } from "../../i18n/language";
import { useNameOf } from "../../live/hooks";
import type { Refusal } from "../../live/refusal";
import { useRefusalText } from "../../live/use-refusal-text";
import { StatusIcon } from "../../ui/status-icon";
import { cellOf } from "./arrangement";
import { useBoard } from "./board-context";
import { Choices } from "./choices";
import { GroupMark } from "./group-mark";
import type { Group } from "./groupings";
import styles from "./move-to-form.module.css";
import { useGroups } from "./use-arrangement";
import { useMove } from "./use-move";
import { useRemedies } from "./use-remedies";

/** All that dropping a card somewhere can do: which column, which lane, which status where several would do, and where in it. */
export function MoveToForm({ card, onDone }: { card: TaskRow; onDone: () => void }) {
  const { view, arrangement, isOrdered } = useBoard();
  const groups = useGroups();
  const { refusalsOf, moveTo, dropsFor } = useMove();
  const text = useText();
  const nameOf = useNameOf();
  const refusals = refusalsOf(card.id);
  const here = arrangement.placeOf(card.id) ?? { column: "", lane: "" };
  const [dropped] = useState(view.dropped.get());
  const [column, setColumn] = useState(
    dropped?.column ?? next(groups.columns, here.column, refusals.columns),
  );
  const [lane, setLane] = useState(dropped?.lane ?? here.lane);
  const [status, setStatus] = useState<number | null>(null);
  const [isTop, setTop] = useState(true);
  const drop = dropsFor(card, { column, lane }).status;
  const statuses = drop?.does === "choose" ? drop.statuses : null;
  const target = groups.columns.find(({ key }) => key === column);
  const detailOf = useDetails(card);
  const remediesOf = useRemedies(card, onDone);
  const remediesFor = (group: Group, refusal: Refusal | undefined) =>
    refusal && { remedies: remediesOf(refusal, group) };

  function move(to = column) {
    const into = statuses ? (status ?? statuses[0]?.id) : undefined;
    moveTo(card.id, { column: to, lane }, isTop ? 0 : Number.MAX_SAFE_INTEGER, into);
    onDone();
  }

  const marked = (group: Group): { mark: ReactNode; name: string } => ({
    mark: <GroupMark group={group} />,
    name: group.name,
  });
  return (
    <div className={styles.form}>
      <Choices
        label={text("move.title")}
        chosen={column}
        choose={setColumn}
        take={move}
        focuses
        choices={groups.columns.map((group) => ({
          key: group.key,
          ...marked(group),
          detail: detailOf(group, refusals.columns.get(group.key)),
          isRefused: refusals.columns.has(group.key),
          ...remediesFor(group, refusals.columns.get(group.key)),
        }))}
      />
      {statuses && (
        <Choices
          label={text("move.which_status")}
          isTitled
          chosen={String(status ?? statuses[0]?.id)}
          choose={(key) => setStatus(Number(key))}
          choices={statuses.map((one) => ({
            key: String(one.id),
            mark: <StatusIcon category={one.category} color={one.color} size={16} />,
            name: nameOf(one),
          }))}
        />
      )}
      {groups.lanes && groups.lanes.length > 1 && (
        <Choices
          label={text("view.lanes")}
          isTitled
          chosen={lane}
          choose={setLane}
          choices={groups.lanes.map((group) => ({
            key: group.key,
            ...marked(group),
            isRefused: refusals.lanes.has(group.key),
            ...remediesFor(group, refusals.lanes.get(group.key)),
          }))}
        />
      )}
      {isOrdered && (
        <div className={styles.places} role="radiogroup" aria-label={text("move.place")}>
          {[true, false].map((top) => (
            // biome-ignore lint/a11y/useSemanticElements: two halves of one switch, styled as such
            <button
              key={String(top)}
              type="button"
              role="radio"
              aria-checked={isTop === top}
              onClick={() => setTop(top)}
            >
              {text(top ? "move.top" : "move.bottom")}
            </button>
          ))}
        </div>
      )}
      <Button fullWidth size="md" onClick={() => move()}>
        {text("move.submit", { column: target?.name ?? "" })}
      </Button>
    </div>
  );

  function next(columns: Group[], from: string, refused: ReadonlyMap<string, unknown>) {
    const following = columns.slice(columns.findIndex(({ key }) => key === from) + 1);
    return (following.find(({ key }) => !refused.has(key)) ?? columns[0])?.key ?? from;
  }
}

/** What stands below the name of a column: why it refuses, where the card is in it, or how full it is. */
function useDetails(card: TaskRow) {
  const { arrangement } = useBoard();
  const text = useText();
  const refusalText = useRefusalText();
  const here = arrangement.placeOf(card.id);

  return (group: Group, refusal: Parameters<typeof refusalText>[0] | undefined): string => {
    if (refusal) return refusalText(refusal).title;
    const { total } = arrangement.sumOf("column", group.key);
    if (here && group.key === here.column) {
      const place = arrangement.cell(cellOf(here.column, here.lane)).indexOf(card.id) + 1;
      return text("move.here", { place, total });
    }
    const limit = group.mark === "status" ? group.status.limit : null;
    if (limit === null) return text("board.cards", { count: total });
    return text(total > limit ? "board.over_limit" : "move.of_limit", { total, limit });
  };
}
