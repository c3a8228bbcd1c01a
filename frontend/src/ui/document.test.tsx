import { MantineProvider } from "@mantine/core";
import { render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, test, vi } from "vitest";
import { ApiError } from "../api/errors";
import { loadMoreWords, setLanguage } from "../i18n/language";
import { Document, type Draft } from "./document";

let kept: string | null;
const draft: Draft = {
  read: () => (kept === null ? null : { text: kept, at: "2026-11-24T02:46:10Z" }),
  keep: (text) => {
    kept = text;
  },
  drop: () => {
    kept = null;
  },
};
const save = vi.fn<(text: string, version: number) => Promise<unknown>>();

beforeEach(async () => {
  await loadMoreWords();
  await setLanguage("en");
  kept = null;
  save.mockReset().mockResolvedValue(undefined);
});

function Shown({ text = "They decide on Mondays", version = 3 }) {
  return (
    <MantineProvider env="test">
      <Document
        label="Notes"
        text={text}
        version={version}
        canWrite
        empty="Nothing"
        draft={draft}
        save={save}
        nameOfAuthor={() => "Jiang Wan"}
      />
    </MantineProvider>
  );
}
const write = async (words: string) => {
  const user = userEvent.setup();
  await user.click(screen.getByRole("button", { name: "Edit" }));
  await user.click(screen.getByRole("button", { name: "Markdown" }));
  const area = screen.getByRole("textbox", { name: "Notes" });
  await user.clear(area);
  await user.type(area, words);
  return user;
};

test("what is written is saved with the version that was read", async () => {
  render(<Shown />);
  const user = await write("They decide on Fridays");
  await user.click(screen.getByRole("button", { name: "Save" }));
  expect(save).toHaveBeenCalledWith("They decide on Fridays", 3);
  expect(kept).toBeNull();
});

test("a newer version with the same text is no reason for a conflict", async () => {
  const { rerender } = render(<Shown />);
  const user = await write("Mine");
  rerender(<Shown version={8} />);
  await user.click(screen.getByRole("button", { name: "Save" }));
  expect(save).toHaveBeenCalledWith("Mine", 8);
});

test("a conflict shows both versions, keeps the draft, and lets it be saved over the other", async () => {
  save.mockRejectedValueOnce(
    new ApiError(412, {
      code: "stale",
      message: "Somebody has changed this text",
      detail: { current: "Theirs", version: 9, author: 2 },
    }),
  );
  const { rerender } = render(<Shown />);
  const user = await write("Mine");
  rerender(<Shown text="Theirs" version={9} />);
  await user.click(screen.getByRole("button", { name: "Save" }));
  const conflict = await screen.findByRole("alert", {
    name: "Jiang Wan changed this text while you were writing",
  });
  expect(save).toHaveBeenCalledWith("Mine", 3);
  within(conflict).getByText("Theirs");
  within(conflict).getByText("Mine");
  expect(kept).toBe("Mine");
  await user.click(within(conflict).getByRole("button", { name: "Save my draft instead" }));
  expect(save).toHaveBeenLastCalledWith("Mine", 9);
  expect(kept).toBeNull();
});

test("a draft that was never saved is offered when the page is opened again", async () => {
  kept = "From yesterday";
  render(<Shown />);
  await userEvent.click(screen.getByRole("button", { name: "Go on with it" }));
  await userEvent.click(screen.getByRole("button", { name: "Markdown" }));
  expect(screen.getByRole<HTMLTextAreaElement>("textbox", { name: "Notes" }).value).toBe("From yesterday");
});

test("a refusal says why and keeps what was written", async () => {
  save.mockRejectedValueOnce(new ApiError(403, { message: "You may see this, but not change it." }));
  render(<Shown />);
  const user = await write("Mine");
  await user.click(screen.getByRole("button", { name: "Save" }));
  expect((await screen.findByRole("alert")).textContent).toBe("You may see this, but not change it.");
  expect(screen.getByRole<HTMLTextAreaElement>("textbox", { name: "Notes" }).value).toBe("Mine");
});
