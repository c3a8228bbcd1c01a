import { MantineProvider } from "@mantine/core";
import { act, createEvent, fireEvent, render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { beforeEach, expect, test, vi } from "vitest";
import type { BoardProject, Me, Transition, ViewSettings, WorkStatus } from "../../api/types";
import { setLanguage } from "../../i18n/language";
import { aCard, aSnapshot, at, DOING, DONE, READY } from "../../live/board-samples";
import { BoardSet } from "../../live/board-set";
import { BoardStore } from "../../live/board-store";
import { session } from "../../live/session";
import { workspace } from "../../live/workspace";
import { useKeyListener } from "../../ui/use-key-listener";
import { BoardColumns } from "./board-columns";
import { BoardContext } from "./board-context";
import { MoveTo } from "./move-to";
import { plainSettings } from "./settings";
import { useBoardOf } from "./use-board";
import { useBoardActions } from "./use-board-actions";

vi.mock("@tanstack/react-router", async (original) => ({
  ...(await original<object>()),
  useNavigate: () => () => {},
}));
// It warns about elements that can't scroll, and in jsdom none can.
vi.mock("@atlaskit/pragmatic-drag-and-drop-auto-scroll/element", () => ({
  autoScrollForElements: () => () => {},
}));

const way = (source: number, target: number): Transition => ({ source, target, functions: [], role: "" });
const person = { id: 2, name: "Jiang Wan", name_zh: "江晚" };
const openCard = vi.fn();
const everything = () => true;
let store: BoardStore;
let set: BoardSet;
let project: BoardProject;
let statuses: WorkStatus[];
let transitions: Transition[];

beforeEach(async () => {
  // jsdom lays nothing out; columns are given a height, or no card would be near the screen.
  vi.spyOn(Element.prototype, "clientHeight", "get").mockReturnValue(800);
  vi.spyOn(Element.prototype, "clientWidth", "get").mockReturnValue(220);
  vi.spyOn(HTMLElement.prototype, "offsetHeight", "get").mockReturnValue(100);
  await setLanguage("en");
  workspace.set({
    people: new Map([[person.id, person as never]]),
    functions: new Map(),
    teams: new Map(),
    labels: new Map(),
    workflows: new Map(),
    can: [],
  });
  const snapshot = aSnapshot([
    aCard(11, READY, "a0", { title: "Roll out" }),
    aCard(12, READY, "a1", { title: "Train" }),
    aCard(13, DOING, "a0", { title: "Survey" }),
  ]);
  transitions = [way(READY, DOING), way(DOING, READY), way(DOING, DONE)];
  store = new BoardStore(
    7,
    async () => snapshot,
    () => 1,
  );
  store.load({ ...snapshot, transitions });
  session.set({ state: "in", me: { id: 1, function: null } as Me });
  set = new BoardSet();
  set.add(store);
  ({ project, statuses } = snapshot);
  openCard.mockClear();
});

function Harness({ settings }: { settings: ViewSettings }) {
  const [projects] = useState([project]);
  const source = { reference: "project:7", isMany: false, set, projects, statuses, transitions } as const;
  const board = useBoardOf({ ...source, isIn: everything, openCard }, { settings, look });
  return (
    <BoardContext value={board}>
      <Keys />
      <Columns />
      <MoveTo />
    </BoardContext>
  );
}
const look = vi.fn();

/** As the board's body, without its filters. */
function Columns() {
  useBoardActions();
  return <BoardColumns />;
}

/** Hears them, as the shell does. */
function Keys() {
  useKeyListener();
  return null;
}

function show(settings: Partial<ViewSettings> = {}) {
  render(
    <MantineProvider env="test">
      <Harness settings={{ ...plainSettings(false), ...settings }} />
    </MantineProvider>,
  );
}
const column = (name: RegExp) => screen.getByRole("region", { name });
const cardsIn = (name: RegExp) =>
  within(column(name))
    .getAllByRole("article")
    .map((card) => card.getAttribute("aria-label"));
const focused = () => document.activeElement?.getAttribute("aria-label");

test("arrows walk from card to card", async () => {
  const user = userEvent.setup();
  show();
  screen.getByRole("article", { name: "JL-11 Roll out" }).focus();
  await user.keyboard("{ArrowDown}");
  expect(focused()).toBe("JL-12 Train");
  await user.keyboard("{ArrowRight}");
  expect(focused()).toBe("JL-13 Survey");
  await user.keyboard("{Enter}");
  expect(openCard).toHaveBeenCalledWith(13);
});

test("Alt and arrows move the card, and the focus stays on it", async () => {
  const user = userEvent.setup();
  show();
  screen.getByRole("article", { name: "JL-12 Train" }).focus();
  await user.keyboard("{Alt>}{ArrowUp}{/Alt}");
  expect(store.column(READY)).toEqual([12, 11]);
  await user.keyboard("{Alt>}{ArrowRight}{/Alt}");
  expect(cardsIn(/^Doing/)).toEqual(["JL-12 Train", "JL-13 Survey"]);
  expect(focused()).toBe("JL-12 Train");
});

test("the focus follows a card that somebody else moves", async () => {
  show();
  screen.getByRole("article", { name: "JL-12 Train" }).focus();
  store.apply([at(11, { type: "task.moved", id: 12, version: 2, status: DOING, rank: "a1" })]);
  await vi.waitFor(() => expect(focused()).toBe("JL-12 Train"));
  expect(cardsIn(/^Doing/)).toEqual(["JL-13 Survey", "JL-12 Train"]);
  expect(screen.getByText("Jiang Wan moved it")).toBeTruthy();
});

test("Enter adds a card and waits for the next one, but not while an input method composes", async () => {
  const user = userEvent.setup();
  show();
  await user.click(within(column(/^Doing/)).getByRole("button", { name: "New card in Doing" }));
  const field = screen.getByRole("textbox", { name: "New card in Doing" });
  await user.type(field, "准备报价");
  fireEvent(field, createEvent.keyDown(field, { key: "Enter", isComposing: true }));
  expect(store.column(DOING)).toHaveLength(1);
  await user.keyboard("{Enter}");
  expect(store.column(DOING)).toHaveLength(2);
  expect(cardsIn(/^Doing/)[0]).toBe("new 准备报价");
  expect(document.activeElement).toBe(field);
  expect((field as HTMLTextAreaElement).value).toBe("");
});

test("Move to says what is refused and why, and moves where it may", async () => {
  const user = userEvent.setup();
  show();
  screen.getByRole("article", { name: "JL-11 Roll out" }).focus();
  await user.keyboard("m");
  const dialog = await screen.findByRole("dialog", { name: "Move to…" });
  const refused = within(dialog).getByRole("radio", { name: /Done/ });
  expect(refused.getAttribute("aria-disabled")).toBe("true");
  expect(refused.textContent).toContain("Not from Ready");
  await user.click(within(dialog).getByRole("radio", { name: "Bottom" }));
  await user.click(within(dialog).getByRole("button", { name: "Move to Doing" }));
  expect(store.column(DOING)).toEqual([13, 11]);
});

test("who may only read is offered nothing to change", () => {
  project = { ...project, can: ["see", "comment"] };
  show();
  expect(screen.queryByRole("button", { name: /New card/ })).toBeNull();
  expect(screen.queryByRole("button", { name: /Move/ })).toBeNull();
});

test("columns by another fact: a drop there changes that fact and leaves the status alone", async () => {
  const user = userEvent.setup();
  show({ columns: "priority" });
  expect(cardsIn(/^No priority/)).toHaveLength(3);
  screen.getByRole("article", { name: "JL-12 Train" }).focus();
  await user.keyboard("m");
  const dialog = await screen.findByRole("dialog", { name: "Move to…" });
  await user.click(within(dialog).getByRole("radio", { name: /Urgent/ }));
  await user.click(within(dialog).getByRole("button", { name: "Move to Urgent" }));
  expect(store.card(12)).toMatchObject({ priority: "urgent", status: READY });
  expect(cardsIn(/^Urgent/)).toEqual(["JL-12 Train"]);
});

test("a folded column shows its name and count, and unfolds again", async () => {
  const user = userEvent.setup();
  show();
  await user.click(screen.getByRole("button", { name: "Fold Doing" }));
  expect(within(column(/^Doing/)).queryAllByRole("article")).toHaveLength(0);
  await user.click(screen.getByRole("button", { name: "Unfold Doing" }));
  expect(cardsIn(/^Doing/)).toEqual(["JL-13 Survey"]);
});

test("a filter hides cards, and what it hides comes back as soon as the card fits", () => {
  show({ filter: "owner:me" });
  expect(screen.queryAllByRole("article")).toHaveLength(0);
  act(() => {
    store.apply([at(11, { type: "task.changed", id: 13, version: 2, owner: 1 })]);
  });
  expect(cardsIn(/^Doing/)).toEqual(["JL-13 Survey"]);
});
