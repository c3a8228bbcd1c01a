import { MantineProvider } from "@mantine/core";
import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, test } from "vitest";
import { loadMoreWords, setLanguage } from "../i18n/language";
import { Picker } from "./picker";

const chosen: (number | string)[] = [];
const shown = (names: string[]) =>
  render(
    <MantineProvider env="test">
      <Picker
        label="Initiative"
        choices={names.map((name, id) => ({ id, name }))}
        chosen={[]}
        onChange={(ids) => chosen.push(...ids)}
      >
        Choose
      </Picker>
    </MantineProvider>,
  );

beforeEach(async () => {
  chosen.length = 0;
  await setLanguage("en");
  await loadMoreWords();
});

test("a long list is searched, and Enter takes the first that fits", async () => {
  shown(["One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight"]);
  await userEvent.click(screen.getByRole("button"));
  await userEvent.type(await screen.findByRole("combobox", { name: "Search" }), "f{Enter}");
  expect(chosen).toEqual([3]);
});

test("a short list gets its search with the first letter", async () => {
  shown(["Improvement backlog", "Renewal 2027", "Weekly brief"]);
  await userEvent.click(screen.getByRole("button"));
  expect(screen.queryByRole("combobox")).toBeNull();
  await userEvent.keyboard("r");
  const search = await screen.findByRole<HTMLInputElement>("combobox", { name: "Search" });
  expect(search.value).toBe("r");
  await userEvent.type(search, "en{Enter}");
  expect(chosen).toEqual([1]);
  await userEvent.click(screen.getByRole("button"));
  expect(screen.queryByRole("combobox")).toBeNull();
});
