import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import type { ReactNode } from "react";
import { beforeEach, expect, test, vi } from "vitest";
import * as client from "../../api/client";
import type { Label, Touched, Workflow, WorkStatus } from "../../api/types";
import { loadMoreWords, setLanguage } from "../../i18n/language";
import { MergeLabel } from "./merge-label";
import { RemoveStatus } from "./remove-status";
import { StatusDialog } from "./status-dialog";

const NOTHING: Touched = {
  cards: 0,
  archived: 0,
  hidden: 0,
  initiatives_total: 0,
  initiatives: [],
  first: [],
};
const SOME: Touched = {
  cards: 8,
  archived: 2,
  hidden: 3,
  initiatives_total: 7,
  initiatives: [{ id: 1, key: "HY", name: "Rollout", name_zh: "推广", cards: 8 }],
  first: [{ id: 9, key: "HY-12", title: "Survey plant 4" }],
};
const status = (id: number, name: string): WorkStatus => ({
  id,
  name,
  name_zh: "",
  category: "active",
  color: "blue",
  position: id,
  limit: null,
  limit_is_hard: false,
});
const workflow: Workflow = {
  id: 1,
  code: "flow",
  name: "Flow",
  name_zh: "",
  version: 1,
  statuses: [status(1, "Doing"), status(2, "Later")],
  transitions: [],
};
const [doing] = workflow.statuses as [WorkStatus, WorkStatus];
const label = (id: number, name: string): Label => ({ id, name, name_zh: "", color: "red", version: 1 });

const asked = vi.fn<(path: string) => Promise<Touched>>();
const sent = vi.fn();
const close = vi.fn();

beforeEach(async () => {
  await setLanguage("en");
  await loadMoreWords();
  for (const mock of [asked, sent, close]) mock.mockReset();
  vi.spyOn(client, "get").mockImplementation((path) => asked(path) as never);
  vi.spyOn(client, "send").mockImplementation((...said) => sent(...said) as never);
});

function show(dialog: ReactNode, answer: () => Promise<Touched>) {
  asked.mockImplementation(answer);
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  render(
    <QueryClientProvider client={queries}>
      <MantineProvider env="test">{dialog}</MantineProvider>
    </QueryClientProvider>,
  );
  return userEvent.setup();
}
const preview = () => screen.findByRole("region", { name: "What this touches" });
const button = (name: string) => screen.getByRole<HTMLButtonElement>("button", { name });

test("a status is removed only after its cards were shown, with what is hidden as a number", async () => {
  let tell: (touched: Touched) => void = () => {};
  const waits = new Promise<Touched>((resolve) => {
    tell = resolve;
  });
  show(<RemoveStatus workflow={workflow} status={doing} onClose={close} />, () => waits);
  await screen.findByText(/Looking which cards/);
  expect(button("Remove").disabled).toBe(true);

  tell(SOME);
  await screen.findByText("8 cards go to the other status");
  const said = (await preview()).textContent;
  for (const part of ["2 of them are archived", "Rollout", "and 6 more initiatives", "and 7 more cards"])
    expect(said).toContain(part);
  expect(said).toContain("and 3 more that you cannot see");
  const link = within(await preview()).getByRole("link", { name: "HY-12" });
  expect(link.getAttribute("href")).toBe("/b/HY/HY-12");
  expect(button("Remove").disabled).toBe(false);
  expect(asked.mock.calls[0]?.[0]).toBe("/statuses/1/touched?by=removal");
});

test("a limit says what it touches while it is typed; a name doesn't ask", async () => {
  const user = show(<StatusDialog workflow={workflow} status={doing} onClose={close} />, async () => NOTHING);
  await user.type(await screen.findByRole("textbox", { name: "Name" }), "!");
  expect(asked).not.toHaveBeenCalled();
  await user.type(screen.getByRole("textbox", { name: /^Limit/ }), "4");
  await screen.findByText("No card is touched.");
  expect(asked.mock.calls[0]?.[0]).toBe("/statuses/1/touched?by=limit&limit=4");
});

test("where it cannot be found out, that is said, and nobody is held up", async () => {
  show(<RemoveStatus workflow={workflow} status={doing} onClose={close} />, () =>
    Promise.reject(new Error("offline")),
  );
  await screen.findByText(/could not be found out/);
  expect(button("Remove").disabled).toBe(false);
});

test("labels are merged step by step until no card is left", async () => {
  const user = show(
    <MergeLabel label={label(1, "Urgent")} others={[label(2, "Late")]} onClose={close} />,
    async () => SOME,
  );
  await screen.findByText("8 cards carry this label");
  await user.click(button("Merge"));
  await screen.findByText("Choose the label that stays.");
  expect(sent).not.toHaveBeenCalled();

  for (const left of [3, 0]) sent.mockResolvedValueOnce({ label: label(2, "Late"), changed: 500, left });
  await user.click(screen.getByRole("button", { name: /^Into/ }));
  await user.click(await screen.findByRole("option", { name: /Late/ }));
  await user.click(button("Merge"));
  await vi.waitFor(() => expect(close).toHaveBeenCalled());
  expect(sent.mock.calls).toEqual(Array(2).fill(["POST", "/labels/1/merge", { body: { into: 2 } }]));
});
