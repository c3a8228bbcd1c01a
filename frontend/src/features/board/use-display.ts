import type { CardFact } from "../../api/types";
import type { TextKey } from "../../i18n/catalogue";
import { useText } from "../../i18n/language";
import { useIsPhone } from "../../ui/use-is-phone";
import { useBoard } from "./board-context";
import { CARD_FACTS, groupFieldsOf, sortFieldsOf } from "./settings";

export type DisplayOption = { id: string; name: string; isChosen: boolean; run: () => void };
export type DisplayList = {
  id: "columns" | "lanes" | "sort" | "facts";
  /** What it is called in the menu, and as something to do. */
  title: TextKey;
  word: TextKey;
  options: DisplayOption[];
};

/** What makes the columns and the lanes, what comes first, and what stands on the cards: for the menu and the palette. */
export function useDisplay(): DisplayList[] {
  const { settings, isMany, look } = useBoard();
  const text = useText();
  const isPhone = useIsPhone();
  const { columns, lanes, sort, hidden } = settings;
  const fields = groupFieldsOf(isMany);
  const toggle = (fact: CardFact) =>
    look({ hidden: hidden.includes(fact) ? hidden.filter((one) => one !== fact) : [...hidden, fact] });

  const toColumns = fields.map((field) => ({
    id: field,
    name: text(`view.by_${field}`),
    isChosen: field === columns,
    run: () => look({ columns: field, ...(field === lanes && { lanes: "" }) }),
  }));
  const toLanes = [
    { id: "", name: text("view.no_lanes"), isChosen: lanes === "", run: () => look({ lanes: "" }) },
    ...fields
      .filter((field) => field !== columns)
      .map((field) => ({
        id: field,
        name: text(`view.by_${field}`),
        isChosen: field === lanes,
        run: () => look({ lanes: field }),
      })),
  ];
  const toSort = sortFieldsOf(isMany).map((field) => ({
    id: field,
    name: text(`view.sort_${field}`),
    isChosen: field === sort,
    run: () => look({ sort: field }),
  }));
  const toFacts = CARD_FACTS.filter((fact) => isMany || fact !== "account").map((fact) => ({
    id: fact,
    name: text(`view.fact_${fact}`),
    isChosen: !hidden.includes(fact),
    run: () => toggle(fact),
  }));
  const lists: DisplayList[] = [
    { id: "columns", title: "view.columns", word: "view.do_columns", options: toColumns },
    { id: "lanes", title: "view.lanes", word: "view.do_lanes", options: toLanes },
    { id: "sort", title: "view.order", word: "view.do_sort", options: toSort },
    { id: "facts", title: "view.facts", word: "view.do_facts", options: toFacts },
  ];
  return lists.filter(({ id }) => id !== "lanes" || !isPhone);
}
