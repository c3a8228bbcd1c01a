import type { CardFact, GroupField, SortField, ViewSettings } from "../../api/types";

/** What the address may say about how a board is looked at, on top of the view that it names. */
export type BoardSearch = {
  /** The saved view; 0 is the board as it comes. Without one, the person's own default. */
  view?: number;
  q?: string;
  columns?: GroupField;
  lanes?: GroupField | "none";
  sort?: SortField;
  hide?: string;
};

export const CARD_FACTS: readonly CardFact[] = [
  "account",
  "function",
  "priority",
  "labels",
  "due",
  "estimate",
  "checklist",
  "talk",
  "files",
  "age",
  "people",
];
const SORTS: readonly SortField[] = ["rank", "due", "priority", "entered", "title", "key"];
const GROUPS: readonly GroupField[] = [
  "status",
  "category",
  "function",
  "owner",
  "priority",
  "label",
  "due",
  "account",
  "initiative",
];

/** What a board of one initiative can be arranged by, and a board over several. */
export const groupFieldsOf = (isMany: boolean) =>
  GROUPS.filter((field) =>
    isMany ? field !== "status" : !["category", "account", "initiative"].includes(field),
  );
export const sortFieldsOf = (isMany: boolean) => SORTS.filter((field) => !isMany || field !== "rank");

/** A board as it comes. Estimates stand in the heads of the columns, so cards needn't repeat them. */
export const plainSettings = (isMany: boolean): ViewSettings => ({
  columns: isMany ? "category" : "status",
  lanes: "",
  sort: isMany ? "due" : "rank",
  filter: "",
  hidden: ["estimate", "labels"],
});

/** The view's settings, and on top what the address says; what doesn't fit this kind of board is left out. */
export function settingsIn(
  search: BoardSearch,
  view: ViewSettings | undefined,
  isMany: boolean,
): ViewSettings {
  const plain = plainSettings(isMany);
  const base = view ?? plain;
  const fields = groupFieldsOf(isMany);
  const fitting = (field: GroupField | undefined, otherwise: GroupField) =>
    field && fields.includes(field) ? field : otherwise;
  const columns = fitting(search.columns ?? base.columns, plain.columns);
  const lanes = search.lanes === "none" ? "" : (search.lanes ?? base.lanes);
  const sort = search.sort ?? base.sort;
  return {
    columns,
    lanes: lanes && fields.includes(lanes) && lanes !== columns ? lanes : "",
    sort: sortFieldsOf(isMany).includes(sort) ? sort : plain.sort,
    filter: search.q ?? base.filter,
    hidden: search.hide === undefined ? base.hidden : factsIn(search.hide),
  };
}

/** What the address has to say, so that these settings come of this view: only what differs. */
export function searchFor(
  wanted: ViewSettings,
  view: { id: number; settings: ViewSettings } | undefined,
  isMany: boolean,
  named: number | undefined,
): BoardSearch {
  const base = view?.settings ?? plainSettings(isMany);
  const hide = [...wanted.hidden].sort().join(".");
  return {
    view: named,
    q: wanted.filter === base.filter ? undefined : wanted.filter,
    columns: wanted.columns === base.columns ? undefined : wanted.columns,
    lanes: wanted.lanes === base.lanes ? undefined : wanted.lanes || "none",
    sort: wanted.sort === base.sort ? undefined : wanted.sort,
    hide: hide === [...base.hidden].sort().join(".") ? undefined : hide,
  };
}

export const isChanged = ({ view: _view, ...rest }: BoardSearch) =>
  Object.values(rest).some((value) => value !== undefined);

const factsIn = (text: string) =>
  text.split(".").filter((one) => CARD_FACTS.includes(one as CardFact)) as CardFact[];

/** What an address says, as far as it makes sense; whatever else stands there is not ours. */
export function readBoardSearch(given: Record<string, unknown>): BoardSearch {
  const search: BoardSearch = {};
  const view = Number(given.view);
  if (given.view !== undefined && Number.isSafeInteger(view) && view >= 0) search.view = view;
  if (given.q !== undefined) search.q = String(given.q).slice(0, 500);
  if (GROUPS.includes(given.columns as GroupField)) search.columns = given.columns as GroupField;
  if (given.lanes === "none" || GROUPS.includes(given.lanes as GroupField))
    search.lanes = given.lanes as GroupField | "none";
  if (SORTS.includes(given.sort as SortField)) search.sort = given.sort as SortField;
  if (typeof given.hide === "string") search.hide = given.hide;
  return search;
}
