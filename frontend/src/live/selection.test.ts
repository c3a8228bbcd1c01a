import { beforeEach, expect, test } from "vitest";
import { Selection } from "./selection";

const COLUMN = [1, 2, 3, 4, 5];
let selection: Selection;
const chosen = () => [...selection.ids.get()].sort();

beforeEach(() => {
  selection = new Selection();
});

test("a card is chosen and no longer", () => {
  selection.toggle(2);
  selection.toggle(4);
  expect(chosen()).toEqual([2, 4]);
  selection.toggle(2);
  expect(chosen()).toEqual([4]);
  selection.clear();
  expect(chosen()).toEqual([]);
});

test("a range goes from the card that was chosen last, up or down", () => {
  selection.toggle(3);
  selection.extendTo(5, COLUMN);
  expect(chosen()).toEqual([3, 4, 5]);
  selection.extendTo(1, COLUMN);
  expect(chosen()).toEqual([1, 2, 3, 4, 5]);
});

test("a range without a beginning goes from the card under the focus, else it is the card itself", () => {
  selection.extendTo(4, COLUMN, 2);
  expect(chosen()).toEqual([2, 3, 4]);
  selection.clear();
  selection.extendTo(4, COLUMN);
  expect(chosen()).toEqual([4]);
});

test("a range in another column begins anew", () => {
  selection.toggle(3);
  selection.extendTo(12, [11, 12, 13], 11);
  expect(chosen()).toEqual([11, 12, 3]);
});

test("all of a column, and none of it again", () => {
  selection.toggle(9);
  selection.toggle(2);
  selection.toggleAll(COLUMN);
  expect(chosen()).toEqual([1, 2, 3, 4, 5, 9]);
  selection.toggleAll(COLUMN);
  expect(chosen()).toEqual([9]);
});

test("the chosen go along with one of them, and with no other", () => {
  const inOrder = (ids: ReadonlySet<number>) => COLUMN.filter((id) => ids.has(id));
  selection.toggle(4);
  selection.toggle(1);
  expect(selection.around(4, inOrder)).toEqual([1, 4]);
  expect(selection.around(3, inOrder)).toEqual([3]);
});
