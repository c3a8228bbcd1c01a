import { expect, test } from "vitest";
import { placesOf } from "./use-recent";

test("a change is shown at the facts that it changed", () => {
  expect(placesOf({ type: "task.changed", id: 9, version: 2, due: "2026-12-03", owner: 5 })).toEqual([
    "due",
    "owner",
  ]);
});
test("a move is news only where the status changed with it", () => {
  const move = { type: "task.moved", id: 9, version: 2, status: 3, rank: "a0" } as const;
  expect(placesOf(move)).toEqual([]);
  expect(placesOf({ ...move, entered_at: "2026-11-24T03:00:00Z" })).toEqual(["status"]);
});
test("lines, files and watchers have their part of the sheet, talk shows itself", () => {
  expect(placesOf({ type: "watcher.added", task: 9, person: 5 })).toEqual(["watcher"]);
  expect(placesOf({ type: "comment.removed", task: 9, id: 1, comments: 0 })).toEqual([]);
});
