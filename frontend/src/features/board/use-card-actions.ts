import { IconArchive, IconArrowRight } from "@tabler/icons-react";
import { useText } from "../../i18n/language";
import type { BoardStore } from "../../live/board-store";
import { archiveTask, type CardChange, changeTask } from "../../live/commands";
import { useWorkspace } from "../../live/hooks";
import { archiveTasks, changeTasks, type ManyChange } from "../../live/many";
import { useRefusalText } from "../../live/use-refusal-text";
import type { Action, Choice } from "../../ui/actions";
import { isColleague } from "../../ui/person-picker";
import { useActions } from "../../ui/use-actions";
import { toggled, useFactActions } from "../../ui/use-fact-actions";
import { cellOf } from "./arrangement";
import { useBoard } from "./board-context";
import { useGroups } from "./use-arrangement";
import { useChosen } from "./use-chosen";
import { useMoveAll } from "./use-move-all";
import { useSubject } from "./use-subject";

/**
 * What is done to one card or to many alike: by key, from the palette, from the bar of the chosen ones. Gives back what
 * the bar offers.
 */
export function useCardActions(): Action[] {
  const { set, view, mayWork } = useBoard();
  const { columns } = useGroups();
  const { placeOf, cell } = useBoard().arrangement;
  const { boards, nameOf: keyOf } = useChosen();
  const { people, functions, labels } = useWorkspace();
  const { refusalsOfAll, moveAll } = useMoveAll();
  const refusalText = useRefusalText();
  const subject = useSubject();
  const text = useText();

  const cards = () =>
    subject()
      .map(set.card)
      .filter((card) => card !== undefined);
  const about = () => {
    const ids = subject();
    return ids.length > 1 ? text("select.some", { count: ids.length }) : ids[0] ? keyOf(ids[0]) : undefined;
  };
  const isOffered = (event?: KeyboardEvent) => {
    const ids = subject(event);
    return ids.length > 0 && ids.map(set.card).every((card) => card !== undefined && mayWork(card));
  };

  const withBoard = (id: number, act: (store: BoardStore, id: number) => void) => {
    const store = set.boardOf(id);
    if (store) act(store, id);
  };
  /** One card is changed as ever; several in one step. */
  const change = (change: CardChange & ManyChange) => {
    const ids = subject();
    if (ids.length > 1) changeTasks(boards, ids, change);
    else if (ids[0] !== undefined) withBoard(ids[0], (store, id) => changeTask(store, id, change));
  };
  const toggleLabel = (id: number, isOn: boolean) => {
    const ids = subject();
    const [only] = cards();
    if (ids.length > 1) return changeTasks(boards, ids, { labels: isOn ? { remove: [id] } : { add: [id] } });
    if (only) withBoard(only.id, (store) => changeTask(store, only.id, { labels: toggled(only.labels, id) }));
  };
  const moveTo = (column: string) => {
    const lane = placeOf(subject()[0] ?? 0)?.lane ?? "";
    moveAll(subject(), { column, lane }, { after: cell(cellOf(column, lane)).at(-1) ?? null, before: null });
  };

  const toColumns = (): Choice[] => {
    const refusals = refusalsOfAll(subject()).columns;
    return columns.map(({ key, name }) => {
      const refusal = refusals.get(key);
      return {
        id: key,
        name,
        hint: refusal && refusalText(refusal).title,
        isDisabled: refusal !== undefined,
        run: () => moveTo(key),
      };
    });
  };
  const archive = () => {
    const ids = subject();
    if (ids.length > 1) archiveTasks(boards, ids);
    else if (ids[0] !== undefined) withBoard(ids[0], archiveTask);
    view.selection.clear();
  };

  const common = { group: "card", about, isOffered } as const;
  const actions: Action[] = [
    {
      ...common,
      id: "cards.move",
      word: "select.move",
      icon: IconArrowRight,
      keys: ["m"],
      isUntold: true,
      // One card alone has a dialog of its own, with the place in the column.
      isOffered: (event) => isOffered(event) && view.selection.size > 0,
      choices: toColumns,
    },
    ...useFactActions(
      { cards, change, toggleLabel, mayOwn: isColleague, about, isOffered },
      { people, functions, labels },
    ),
    { ...common, id: "cards.archive", word: "select.archive", icon: IconArchive, keys: ["e"], run: archive },
  ];
  useActions("page", actions);
  return actions;
}
