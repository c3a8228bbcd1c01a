import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { get, send } from "../api/client";
import type { BoardViews } from "../api/types";
import { ViewsOfBoard } from "./board-views";

vi.mock("../api/client", () => ({ get: vi.fn(), send: vi.fn() }));

const answer = (folded: string[]): BoardViews => ({ views: [], default: null, folded, can: [] });

beforeEach(() => {
  vi.useFakeTimers();
  localStorage.clear();
});
afterEach(() => {
  vi.useRealTimers();
});

test("an answer that was asked for before a column was folded doesn't unfold it", async () => {
  let tell: (views: BoardViews) => void = () => {};
  vi.mocked(get).mockReturnValueOnce(new Promise((resolve) => (tell = resolve)));
  vi.mocked(send).mockResolvedValue(undefined);
  const views = new ViewsOfBoard("project:1");
  const loading = views.load();
  views.fold("column.status.1", true);
  await vi.runAllTimersAsync();
  expect(send).toHaveBeenCalledWith("PATCH", "/boards/project:1/look", {
    body: { folded: ["column.status.1"] },
  });
  tell(answer([]));
  await loading;
  expect(views.shown.get().folded).toEqual(["column.status.1"]);

  vi.mocked(get).mockResolvedValueOnce(answer(["column.status.2"]));
  await views.load();
  expect(views.shown.get().folded).toEqual(["column.status.2"]);
});
