import { MantineProvider } from "@mantine/core";
import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { expect, test } from "vitest";
import { loadMoreWords, setLanguage } from "../i18n/language";
import { TwoNames } from "./two-names";

let names = { name: "", name_zh: "" };

function Form({ start }: { start: typeof names }) {
  const [draft, setDraft] = useState(start);
  names = draft;
  const change = (more: Partial<typeof names>) => setDraft({ ...draft, ...more });
  return <TwoNames names={draft} onChange={change} reasonOf={() => undefined} maxLength={60} />;
}
const shown = (start = { name: "", name_zh: "" }) =>
  render(
    <MantineProvider>
      <Form start={start} />
    </MantineProvider>,
  );

test("who writes Chinese only has it stand for both names, until an English one is written", async () => {
  await setLanguage("zh-Hans");
  await loadMoreWords();
  shown();
  const [chinese, english] = screen.getAllByRole<HTMLInputElement>("textbox");
  if (!chinese || !english) throw new Error("both names are asked for");
  expect([chinese.required, english.required]).toEqual([true, false]);
  await userEvent.type(chinese, "新茂港口");
  expect(names).toEqual({ name: "新茂港口", name_zh: "新茂港口" });
  expect(english.value).toBe("");
  await userEvent.type(english, "Xinmao");
  await userEvent.type(chinese, "群");
  expect(names).toEqual({ name: "Xinmao", name_zh: "新茂港口群" });
  await userEvent.clear(english);
  expect(names.name).toBe("新茂港口群");
});

test("in English the English name comes first, and the Chinese one may stay empty", async () => {
  await setLanguage("en");
  await loadMoreWords();
  shown({ name: "", name_zh: "新茂" });
  const [english, chinese] = screen.getAllByRole<HTMLInputElement>("textbox");
  if (!chinese || !english) throw new Error("both names are asked for");
  expect([english.required, chinese.required]).toEqual([true, false]);
  await userEvent.type(english, "Xinmao");
  expect(names).toEqual({ name: "Xinmao", name_zh: "新茂" });
});
