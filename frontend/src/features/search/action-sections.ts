import type { Text } from "../../i18n/catalogue";
import { type Action, type ActionGroup, actionsIn, type Choice, LAYERS } from "../../ui/actions";
import { fitting, scoreOf } from "./matching";
import type { Row, Section } from "./rows";

export const GROUPS: readonly ActionGroup[] = ["card", "board", "view", "create", "go", "you", "help"];
/** With so much typed, what an action could be done with is found beside the actions: "Mei" finds "Assign to › Mei". */
const ENOUGH_FOR_CHOICES = 2;
const MOST_CHOICES = 12;
const MOST = 60;

type Doing = { text: Text; other: Text | null; ask: (action: Action) => void };

const namesOf = ({ word, group }: Action, { text, other }: Doing): [string, string] => [
  text(word),
  `${other?.(word) ?? ""} ${text(`actions.group_${group}`)}`,
];

/** With a name that begins like this an action comes before what is found: it is there first, and stays. */
const CALLED_SO = 3;

/** What can be done here and now and fits what was typed, by group: what is called so, and what fits otherwise. */
export function actionSections(typed: string, doing: Doing): { called: Section[]; others: Section[] } {
  const offered = actionsIn(LAYERS).filter((one) => !one.isKeyOnly && (one.isOffered?.() ?? true));
  const found = fitting(typed, offered, (action) => namesOf(action, doing));
  const isCalledSo = (action: Action) =>
    typed.trim() !== "" && scoreOf(typed, ...namesOf(action, doing)) >= CALLED_SO;
  const called = byGroup(found.filter(isCalledSo), doing);
  const others = byGroup(
    found.filter((action) => !isCalledSo(action)),
    doing,
  );
  if (typed.trim().length >= ENOUGH_FOR_CHOICES) {
    const rows = choicesAmong(offered, typed, doing);
    if (rows.length > 0) others.push({ id: "choices", title: doing.text("palette.choices"), rows });
  }
  return { called, others };
}

function byGroup(actions: Action[], doing: Doing): Section[] {
  return GROUPS.map((group) => ({
    id: group,
    title: doing.text(`actions.group_${group}`),
    rows: actions.filter((action) => action.group === group).map((action) => actionRow(action, doing)),
  })).filter(({ rows }) => rows.length > 0);
}

function actionRow(action: Action, doing: Doing): Row {
  return {
    id: action.id,
    name: doing.text(action.word),
    icon: action.icon,
    hint: action.about?.(),
    keys: action.keys?.[0],
    isOpening: action.choices !== undefined,
    isStaying: action.choices !== undefined,
    run: () => (action.choices ? doing.ask(action) : action.run?.()),
  };
}

/** "Language › English": what an action would ask for, found without opening it first. */
function choicesAmong(offered: Action[], typed: string, { text }: Doing): Row[] {
  const rows = offered.flatMap((action) =>
    (action.choices?.() ?? [])
      .filter((choice) => scoreOf(typed, choice.name, `${choice.also ?? ""} ${text(action.word)}`) > 0)
      // What fits only because the action does is found by opening the action.
      .filter(
        (choice) => scoreOf(typed, text(action.word)) === 0 || scoreOf(typed, choice.name, choice.also) > 0,
      )
      .map((choice) => ({ ...choiceRow(choice, `${action.id}/`), hint: text(action.word) })),
  );
  return rows.slice(0, MOST_CHOICES);
}

/** What the action in question can be done with. */
export function choiceSection(action: Action, typed: string, text: Text): Section[] {
  const found = fitting(typed, action.choices?.() ?? [], ({ name, also }) => [name, also]);
  const rows = found
    .slice(0, MOST)
    .map((choice) => ({ ...choiceRow(choice), isStaying: action.isMultiple ?? false }));
  return rows.length > 0 ? [{ id: action.id, title: text(action.word), rows }] : [];
}

const choiceRow = (choice: Choice, path = ""): Row => ({
  id: `${path}${choice.id}`,
  name: choice.name,
  icon: choice.icon,
  hint: choice.hint,
  isChosen: choice.isChosen,
  isDisabled: choice.isDisabled,
  run: choice.run,
});
