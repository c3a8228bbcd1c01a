import {
  IconArchive,
  IconArrowRight,
  IconCalendarDue,
  IconFlag,
  IconTag,
  IconUser,
  IconUsersGroup,
} from "@tabler/icons-react";
import type { TaskRow } from "../../api/types";
import { addDays } from "../../i18n/days";
import { useFormat } from "../../i18n/format";
import { useText } from "../../i18n/language";
import type { BoardStore } from "../../live/board-store";
import { archiveTask, type CardChange, changeTask } from "../../live/commands";
import { useNameOf, useWorkspace } from "../../live/hooks";
import { archiveTasks, changeTasks, type ManyChange } from "../../live/many";
import { useRefusalText } from "../../live/use-refusal-text";
import type { Action, Choice } from "../../ui/actions";
import { useActions } from "../../ui/use-actions";
import { cellOf } from "./arrangement";
import { useBoard } from "./board-context";
import { useGroups } from "./use-arrangement";
import { useChosen } from "./use-chosen";
import { useMoveAll } from "./use-move-all";
import { useSubject } from "./use-subject";

const PRIORITIES = ["urgent", "high", "medium", "low", ""] as const;

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
  const format = useFormat();
  const nameOf = useNameOf();
  const today = format.today();

  const cards = () =>
    subject()
      .map(set.card)
      .filter((card) => card !== undefined);
  const allHave = (test: (card: TaskRow) => boolean) => cards().every(test);
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
  const toggleLabel = (id: number) => {
    const isOn = allHave((card) => card.labels.includes(id));
    const ids = subject();
    const [only] = cards();
    if (ids.length > 1) return changeTasks(boards, ids, { labels: isOn ? { remove: [id] } : { add: [id] } });
    const labels =
      only && (isOn ? only.labels.filter((one) => one !== id) : [...only.labels, id].sort((a, b) => a - b));
    if (only && labels) withBoard(only.id, (store, one) => changeTask(store, one, { labels }));
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
  const toPeople = (): Choice[] => [
    {
      id: 0,
      name: text("select.no_owner"),
      isChosen: allHave((card) => card.owner === null),
      run: () => change({ owner: null }),
    },
    ...[...people.values()]
      .filter((person) => person.is_active && !person.is_guest)
      .map((person) => ({
        id: person.id,
        name: nameOf(person),
        also: `${person.name} ${person.name_zh}`,
        isChosen: allHave((card) => card.owner === person.id),
        run: () => change({ owner: person.id }),
      })),
  ];
  const toFunctions = (): Choice[] =>
    [...functions.values()].map((one) => ({
      id: one.id,
      name: nameOf(one),
      also: `${one.name} ${one.name_zh}`,
      isChosen: allHave((card) => card.function === one.id),
      run: () => change({ function: one.id }),
    }));
  const toLabels = (): Choice[] =>
    [...labels.values()].map((label) => ({
      id: label.id,
      name: nameOf(label),
      also: `${label.name} ${label.name_zh}`,
      isChosen: allHave((card) => card.labels.includes(label.id)),
      run: () => toggleLabel(label.id),
    }));
  const toDays = (): Choice[] => {
    const weekday = (new Date(`${today}T00:00:00Z`).getUTCDay() + 6) % 7;
    const [monday, week] = [addDays(today, 7 - weekday), addDays(today, 7)];
    const days: [string, string | null][] = [
      [text("due.today"), today],
      [text("due.tomorrow"), addDays(today, 1)],
      [text("select.next_monday", { date: format.date(monday) }), monday],
      [text("select.in_a_week", { date: format.date(week) }), week],
      [text("select.no_due"), null],
    ];
    return days.map(([name, due]) => ({
      id: name,
      name,
      isChosen: allHave((card) => card.due === due),
      run: () => change({ due }),
    }));
  };
  const toPriorities = (): Choice[] =>
    PRIORITIES.map((priority) => ({
      id: priority || "none",
      name: text(`priority.${priority || "none"}`),
      isChosen: allHave((card) => card.priority === priority),
      run: () => change({ priority }),
    }));
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
    { ...common, id: "cards.owner", word: "select.owner", icon: IconUser, keys: ["a"], choices: toPeople },
    {
      ...common,
      id: "cards.function",
      word: "select.function",
      icon: IconUsersGroup,
      keys: ["f"],
      choices: toFunctions,
    },
    {
      ...common,
      id: "cards.label",
      word: "select.label",
      icon: IconTag,
      keys: ["l"],
      isMultiple: true,
      choices: toLabels,
    },
    { ...common, id: "cards.due", word: "select.due", icon: IconCalendarDue, keys: ["d"], choices: toDays },
    {
      ...common,
      id: "cards.priority",
      word: "select.priority",
      icon: IconFlag,
      keys: ["p"],
      choices: toPriorities,
    },
    { ...common, id: "cards.archive", word: "select.archive", icon: IconArchive, keys: ["e"], run: archive },
  ];
  useActions("page", actions);
  return actions;
}
