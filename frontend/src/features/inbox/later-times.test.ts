import { expect, it } from "vitest";
import { laterTimes } from "./later-times";

const days = (now: string) => laterTimes(new Date(now)).map(({ at }) => [at.getDay(), at.getHours()]);

it("comes back in three hours, tomorrow at nine, on Monday at nine", () => {
  expect(days("2026-11-25T10:30:00")).toEqual([
    [3, 13],
    [4, 9],
    [1, 9],
  ]);
});

it("takes the next Monday on a Monday, and tomorrow on a Sunday", () => {
  expect(laterTimes(new Date("2026-11-23T10:00:00"))[2].at.getDate()).toBe(30);
  expect(laterTimes(new Date("2026-11-29T10:00:00"))[2].at.getDate()).toBe(30);
});
