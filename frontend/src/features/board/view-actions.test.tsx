import { MantineProvider } from "@mantine/core";
import { act, render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useCallback, useState } from "react";
import { beforeEach, expect, test, vi } from "vitest";
import type { BoardProject, Me, Transition, ViewSettings, WorkFunction, WorkStatus } from "../../api/types";
import { currentLocale, loadMoreWords, setLanguage } from "../../i18n/language";
import { aCard, aSnapshot, DOING, READY } from "../../live/board-samples";
import { BoardSet } from "../../live/board-set";
import { BoardStore } from "../../live/board-store";
import { viewsOf } from "../../live/board-views";
import { session } from "../../live/session";
import { workspace } from "../../live/workspace";
import { type Action, actionsIn, asOffered } from "../../ui/actions";
import { BoardContext } from "./board-context";
import { BoardDialogs } from "./board-dialogs";
import { FilterBar } from "./filter-bar";
import { plainSettings } from "./settings";
import { useBoardOf } from "./use-board";
import { ViewActions } from "./view-actions";

const navigate = vi.fn();
let address: object;
vi.mock("@tanstack/react-router", async (original) => ({
  ...(await original<object>()),
  useNavigate: () => navigate,
  useSearch: () => address,
}));

const functions = ["Delivery", "Support", "Unused"].map(
  (name, at) => ({ id: at + 1, code: name.toLowerCase(), name, name_zh: "", position: at }) as WorkFunction,
);
let set: BoardSet;
let project: BoardProject;
let statuses: WorkStatus[];
let now: ViewSettings;

beforeEach(async () => {
  await setLanguage("en");
  await loadMoreWords();
  workspace.set({
    people: new Map(),
    functions: new Map(functions.map((one) => [one.id, one])),
    teams: new Map(),
    labels: new Map(),
    workflows: new Map(),
    can: [],
  });
  const snapshot = aSnapshot([
    aCard(1, READY, "a0", { function: 1 }),
    aCard(2, DOING, "a0", { function: 2 }),
  ]);
  const store = new BoardStore(
    7,
    async () => snapshot,
    () => 1,
  );
  store.load(snapshot);
  session.set({ state: "in", me: { id: 1, function: null } as Me });
  set = new BoardSet();
  set.add(store);
  ({ project, statuses } = snapshot);
  const view = (id: number, name: string, is_shared: boolean) => ({
    id,
    name,
    is_shared,
    owner: 1,
    settings: plainSettings(false),
    version: 1,
    can: ["change" as const],
  });
  viewsOf("project:7").shown.set({
    views: [view(4, "Mine by due", false), view(5, "Weekly", true)],
    default: null,
    folded: [],
    can: [],
  });
  address = { view: 4, sort: "due" };
  navigate.mockClear();
});

const everything = () => true;
const transitions: Transition[] = [];
function Harness() {
  const [settings, settle] = useState(plainSettings(false));
  const [projects] = useState([project]);
  const look = useCallback((change: Partial<ViewSettings>) => settle((old) => ({ ...old, ...change })), []);
  now = settings;
  const source = { reference: "project:7", isMany: false, set, projects, statuses, transitions } as const;
  const board = useBoardOf({ ...source, isIn: everything, openCard: () => {} }, { settings, look });
  return (
    <BoardContext value={board}>
      <FilterBar />
      <BoardDialogs />
      <ViewActions />
    </BoardContext>
  );
}
async function show() {
  render(
    <MantineProvider env="test">
      <Harness />
    </MantineProvider>,
  );
  await screen.findByRole("button", { name: "Display" });
  await screen.findByRole("button", { name: /^View/ });
  return userEvent.setup();
}

/** An item without what is said beside its name. */
const nameOf = (item: HTMLElement) => item.textContent?.replace(/ · .*$/, "");
const itemsOf = async (user: ReturnType<typeof userEvent.setup>, button: RegExp) => {
  await user.click(screen.getByRole("button", { name: button }));
  const menu = await screen.findByRole("menu");
  return [...menu.querySelectorAll<HTMLElement>("[role^=menuitem]")].map(nameOf);
};
const offered = () => actionsIn(["page"]).filter(({ isOffered }) => isOffered?.() ?? true);
const action = (id: string) => offered().find((one) => one.id === id) as Action;
const choicesOf = (id: string) => (action(id).choices?.() ?? []).map(({ name }) => name);

test("everything that the Display menu offers is in the palette, and nothing else", async () => {
  const user = await show();
  const inMenu = await itemsOf(user, /^Display/);
  const inPalette = ["view.columns", "view.lanes", "view.sort", "view.facts"].flatMap(choicesOf);
  expect(inPalette.length).toBeGreaterThan(20);
  expect(inPalette).toEqual(inMenu);
});

test("saved views and all that can be done with one are in the palette", async () => {
  const user = await show();
  const inMenu = await itemsOf(user, /^View/);
  const { text } = currentLocale();
  const acts = offered().filter(({ id, choices }) => id.startsWith("view.") && !choices);
  expect([...choicesOf("view.open"), ...acts.map(({ word }) => text(word))]).toEqual(inMenu);
  expect(choicesOf("view.open")).toEqual(["Standard", "Mine by due", "Weekly"]);
  expect(acts.map(({ id }) => id)).toContain("view.keep");
  await user.keyboard("{Escape}");
  act(() => action("view.save").run?.());
  expect(await screen.findByRole("dialog", { name: "Save as a view" })).toBeTruthy();
});

test("each chip over the board is in the palette, and lights up there and here", async () => {
  await show();
  const chips = () =>
    within(screen.getByRole("toolbar", { name: "Filters" }))
      .getAllByRole("button", { pressed: false })
      .map((chip) => chip.textContent?.replace(/ \d+$/, ""));
  expect(choicesOf("view.filter")).toEqual(chips());
  expect(chips()).toContain("Support");
  act(() => action("view.filter").choices?.().at(-1)?.run());
  expect(now.filter).toBe("function:support");
  expect(screen.getByRole("button", { name: /^Support/, pressed: true })).toBeTruthy();
});

test("what stays open after a choice goes on from what was chosen", async () => {
  await show();
  const asked = action("view.facts");
  const pick = (id: string) =>
    act(() =>
      asOffered(asked)
        .choices?.()
        .find((one) => one.id === id)
        ?.run(),
    );
  pick("due");
  pick("people");
  expect(now.hidden).toEqual([...plainSettings(false).hidden, "due", "people"]);
});

test("columns fold and unfold from the palette", async () => {
  await show();
  const [first = ""] = choicesOf("view.fold_columns");
  expect(first).toMatch(/^Fold /);
  act(() => action("view.fold_columns").choices?.()[0]?.run());
  expect(choicesOf("view.fold_columns")[0]).toBe(`Unf${first.slice(1)}`);
});
