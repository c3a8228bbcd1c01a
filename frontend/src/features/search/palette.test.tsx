import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { createEvent, fireEvent, render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, test, vi } from "vitest";
import * as client from "../../api/client";
import type { Found, SearchAnswer } from "../../api/types";
import { loadMoreWords, setLanguage } from "../../i18n/language";
import { EMPTY, workspace } from "../../live/workspace";
import type { Action } from "../../ui/actions";
import { useActions } from "../../ui/use-actions";
import { Palette } from "./palette";

const navigate = vi.fn();
vi.mock("@tanstack/react-router", () => ({ useNavigate: () => navigate }));

const found = (change: Partial<Found>): Found => ({
  kind: "card",
  id: 1,
  key: "JL-12",
  title: [
    { text: "Export", hit: true },
    { text: " timing report", hit: false },
  ],
  excerpt: [],
  where: "War room",
  person: null,
  status: { category: "review", color: "violet" },
  at: null,
  is_archived: false,
  exact: false,
  ...change,
});
const answers: Record<string, SearchAnswer> = {};
const run = vi.fn();
const labels = vi.fn();
const actions: Action[] = [
  { id: "create.card", group: "create", word: "board.new_card", keys: ["c"], run },
  {
    id: "card.label",
    group: "card",
    word: "settings.section_labels",
    isMultiple: true,
    choices: () => [
      { id: 1, name: "Urgent", run: () => labels("Urgent") },
      { id: 2, name: "Export", also: "导出", run: () => labels("Export") },
    ],
  },
  { id: "hidden", group: "board", word: "keys.walk", isKeyOnly: true, run },
];

beforeEach(async () => {
  await setLanguage("en");
  await loadMoreWords();
  workspace.set(EMPTY);
  for (const name of Object.keys(answers)) delete answers[name];
  for (const mock of [run, labels, navigate]) mock.mockClear();
  vi.spyOn(client, "get").mockImplementation(async (path) => {
    const q = new URL(path, "http://a").searchParams.get("q") ?? "";
    return (answers[q] ?? { groups: [] }) as never;
  });
});

function Offering() {
  useActions("page", actions);
  return null;
}
function show() {
  render(
    <QueryClientProvider client={new QueryClient()}>
      <MantineProvider env="test">
        <Offering />
        <Palette />
      </MantineProvider>
    </QueryClientProvider>,
  );
  return userEvent.setup();
}
const field = () => screen.getByRole("combobox");
const options = () => screen.getAllByRole("option").map((option) => option.textContent);
const active = () =>
  document.getElementById(field().getAttribute("aria-activedescendant") ?? "")?.textContent;

test("it lists what can be done, with its keys, and does it after closing", async () => {
  const user = show();
  expect(document.activeElement).toBe(field());
  expect(options()).toEqual(["Labels", "New cardC"]);
  await user.keyboard("new c");
  expect(active()).toContain("New card");
  await user.keyboard("{Enter}");
  expect(run).toHaveBeenCalledTimes(1);
});

test("what has exactly this key comes first, then actions called so, then what was found", async () => {
  answers["new card"] = {
    groups: [
      {
        kind: "card",
        items: [
          found({}),
          found({ id: 2, key: "JL-1", title: [{ text: "The key", hit: false }], exact: true }),
        ],
        more: true,
      },
    ],
  };
  const user = show();
  await user.keyboard("new card");
  await screen.findByText("JL-12");
  expect(options()).toEqual([
    "JL-1The keyWar room",
    "New cardC",
    "JL-12Export timing reportWar room",
    "See all results for “new card”",
  ]);
  const cards = screen.getByRole("group", { name: "Cards" });
  expect(within(cards).getByText("Export").tagName).toBe("MARK");
});

test("arrows choose, Enter opens, and the choice stays when more arrives above it", async () => {
  const user = show();
  await user.keyboard("{ArrowDown}");
  expect(active()).toContain("New card");
  await user.keyboard("{ArrowDown}");
  expect(active()).toContain("Labels");
  answers.export = {
    groups: [{ kind: "card", items: [found({}), found({ id: 2, key: "JL-2" })], more: false }],
  };
  await user.keyboard("export");
  await screen.findByText("JL-2");
  await user.keyboard("{ArrowDown}{Enter}");
  expect(navigate).toHaveBeenCalledWith({ to: "/b/JL/JL-2" });
});

test("Enter does nothing while an input method composes, and its letters are not searched for", async () => {
  show();
  fireEvent.compositionStart(field());
  fireEvent.input(field(), { target: { value: "xin'jian" }, isComposing: true });
  fireEvent(field(), createEvent.keyDown(field(), { key: "Enter", isComposing: true }));
  fireEvent(field(), createEvent.keyDown(field(), { key: "Enter", keyCode: 229 }));
  expect(run).not.toHaveBeenCalled();
  expect(client.get).not.toHaveBeenCalled();
  fireEvent.input(field(), { target: { value: "新建" } });
  fireEvent.compositionEnd(field());
  // Who reads English finds by the Chinese name too.
  expect(await screen.findByRole("option", { name: /New card/ })).toBeTruthy();
  await vi.waitFor(() => expect(client.get).toHaveBeenCalled());
});

test("an action that asks what with opens its own list; Backspace leads back", async () => {
  const user = show();
  await user.keyboard("labels{Enter}");
  expect(options()).toEqual(["Urgent", "Export"]);
  await user.keyboard("导{Enter}");
  expect(labels).toHaveBeenCalledWith("Export");
  expect(options()).toEqual(["Urgent", "Export"]);
  await user.keyboard("{Backspace}");
  expect(options()).toContain("New cardC");
});

test("nothing found is said, and a search without a connection too", async () => {
  const user = show();
  await user.keyboard("zzz");
  expect(await screen.findByText("Nothing found for “zzz”")).toBeTruthy();
});
