import { expect, test } from "vitest";
import { placeAt, without } from "./place";

test("a place is told by both neighbours", () => {
  expect(placeAt(2, [4, 5, 6], 1, false)).toEqual({ status: 2, after: 4, before: 5 });
  expect(placeAt(2, [4, 5, 6], 0, false)).toEqual({ status: 2, after: null, before: 4 });
  expect(placeAt(2, [4, 5, 6], 3, false)).toEqual({ status: 2, after: 6, before: null });
  expect(placeAt(2, [], 0, false)).toEqual({ status: 2, after: null, before: null });
});

test("under a filter the card above decides, because hidden ones may stand in between", () => {
  expect(placeAt(2, [4, 6], 1, true)).toEqual({ status: 2, after: 4, before: null });
  expect(placeAt(2, [4, 6], 0, true)).toEqual({ status: 2, after: null, before: 4 });
});

test("a card is not its own neighbour", () => {
  expect(without([4, 5, 6], 5)).toEqual([4, 6]);
});
