import { expect, test } from "vitest";
import { Pace } from "./pace";

function paced() {
  const rests: (() => void)[] = [];
  const told: string[] = [];
  const pace = new Pace((action) => rests.push(action));
  const say = (word: string) => () => told.push(word);
  return { pace, told, say, rest: () => rests.shift()?.(), isResting: () => rests.length > 0 };
}

test("The first is told at once, and what comes in the pause after it is told together", () => {
  const { pace, told, say, rest } = paced();
  pace.tell(say("one"));
  expect(told).toEqual(["one"]);

  pace.tell(say("two"));
  pace.tell(say("three"));
  expect(told).toEqual(["one"]);
  rest();
  expect(told).toEqual(["one", "two", "three"]);
});

test("What is asked for again in a pause is told once", () => {
  const { pace, told, say, rest } = paced();
  const again = say("again");
  pace.tell(say("one"));
  pace.tell(again);
  pace.tell(again);
  rest();
  expect(told).toEqual(["one", "again"]);
});

test("After a pause in which nothing came, the next is told at once", () => {
  const { pace, told, say, rest, isResting } = paced();
  pace.tell(say("one"));
  rest();
  expect(isResting()).toBe(false);
  pace.tell(say("two"));
  expect(told).toEqual(["one", "two"]);
});
