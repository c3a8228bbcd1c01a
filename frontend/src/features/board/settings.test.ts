import { expect, test } from "vitest";
import type { ViewSettings } from "../../api/types";
import { isChanged, plainSettings, readBoardSearch, searchFor, settingsIn } from "./settings";

const view: ViewSettings = {
  columns: "owner",
  lanes: "due",
  sort: "priority",
  filter: "is:mine",
  hidden: ["files"],
};

test("the address says only what differs from the view, and what it says is what is seen", () => {
  for (const change of [
    {},
    { filter: "" },
    { lanes: "" as const },
    { columns: "status" as const },
    { hidden: [] },
  ]) {
    const wanted = { ...view, ...change };
    const search = searchFor(wanted, { id: 4, settings: view }, false, 4);
    expect(isChanged(search)).toBe(Object.keys(change).length > 0);
    expect(settingsIn(readBoardSearch({ ...search }), view, false)).toEqual(wanted);
  }
});

test("what doesn't fit this kind of board, or anything at all, is left out", () => {
  expect(readBoardSearch({ view: "x", columns: "colour", lanes: 7, sort: "luck", q: 5 })).toEqual({ q: "5" });
  expect(settingsIn({ columns: "account", sort: "rank" }, undefined, false)).toEqual(plainSettings(false));
  expect(settingsIn({ columns: "status", sort: "rank" }, undefined, true)).toEqual(plainSettings(true));
  expect(settingsIn({ columns: "owner", lanes: "owner" }, undefined, false).lanes).toBe("");
});
