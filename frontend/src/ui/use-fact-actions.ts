import { IconCalendarDue, IconFlag, IconTag, IconUser, IconUsersGroup } from "@tabler/icons-react";
import type { Label, Person, TaskRow, WorkFunction } from "../api/types";
import { addDays } from "../i18n/days";
import { useFormat } from "../i18n/format";
import { useLocale } from "../i18n/language";
import { nameIn } from "../i18n/names";
import type { Action, Choice } from "./actions";

export type FactChange = Partial<Pick<TaskRow, "owner" | "function" | "due" | "priority">>;

/** The cards that are meant, and how their facts are changed. */
export type FactTarget = {
  cards: () => TaskRow[];
  change: (facts: FactChange) => void;
  /** For all of them; `isOn` where all have it now. */
  toggleLabel: (label: number, isOn: boolean) => void;
  mayOwn: (person: Person) => boolean;
  about: () => string | undefined;
  isOffered: (event?: KeyboardEvent) => boolean;
};
type Directory = {
  people: ReadonlyMap<number, Person>;
  functions: ReadonlyMap<number, WorkFunction>;
  labels: ReadonlyMap<number, Label>;
};

const PRIORITIES = ["urgent", "high", "medium", "low", ""] as const;

/** A list of ids with one more, or without it. */
export const toggled = (ids: readonly number[], id: number) =>
  ids.includes(id) ? ids.filter((one) => one !== id) : [...ids, id].sort((a, b) => a - b);

/** The facts of cards by key and from the palette: of one under the focus, of many that are chosen, of the open one. */
export function useFactActions(target: FactTarget, { people, functions, labels }: Directory): Action[] {
  const { cards, change, toggleLabel, mayOwn, about, isOffered } = target;
  const { text, language } = useLocale();
  const format = useFormat();
  const allHave = (test: (card: TaskRow) => boolean) => cards().every(test);
  const named = (thing: { id: number; name: string; name_zh: string }) => ({
    id: thing.id,
    name: nameIn(language, thing),
    also: `${thing.name} ${thing.name_zh}`,
  });

  const toPeople = (): Choice[] => [
    {
      id: 0,
      name: text("select.no_owner"),
      isChosen: allHave((card) => card.owner === null),
      run: () => change({ owner: null }),
    },
    ...[...people.values()].filter(mayOwn).map((person) => ({
      ...named(person),
      isChosen: allHave((card) => card.owner === person.id),
      run: () => change({ owner: person.id }),
    })),
  ];
  const toFunctions = (): Choice[] =>
    [...functions.values()].map((one) => ({
      ...named(one),
      isChosen: allHave((card) => card.function === one.id),
      run: () => change({ function: one.id }),
    }));
  const toLabels = (): Choice[] =>
    [...labels.values()].map((label) => {
      const isOn = allHave((card) => card.labels.includes(label.id));
      return { ...named(label), isChosen: isOn, run: () => toggleLabel(label.id, isOn) };
    });
  const toDays = (): Choice[] => {
    const today = format.today();
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

  const fact = (id: "owner" | "function" | "label" | "due" | "priority", key: string) =>
    ({ id: `cards.${id}`, word: `select.${id}`, group: "card", keys: [key], about, isOffered }) as const;
  return [
    { ...fact("owner", "a"), icon: IconUser, choices: toPeople },
    { ...fact("function", "f"), icon: IconUsersGroup, choices: toFunctions },
    { ...fact("label", "l"), icon: IconTag, isMultiple: true, choices: toLabels },
    { ...fact("due", "d"), icon: IconCalendarDue, choices: toDays },
    { ...fact("priority", "p"), icon: IconFlag, choices: toPriorities },
  ];
}
