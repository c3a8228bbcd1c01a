import { expect, it } from "vitest";
import { momentAt } from "./wall-time";

it("is the moment at which the clocks there show it", () => {
  expect(momentAt("2026-11-27", "17:00", "Asia/Shanghai").toISOString()).toBe("2026-11-27T09:00:00.000Z");
  expect(momentAt("2026-07-01", "08:30", "America/New_York").toISOString()).toBe("2026-07-01T12:30:00.000Z");
  expect(momentAt("2026-11-27", "17:00", "UTC").toISOString()).toBe("2026-11-27T17:00:00.000Z");
});

it("holds on the days on which the clocks change", () => {
  expect(momentAt("2026-03-29", "09:00", "Europe/Berlin").toISOString()).toBe("2026-03-29T07:00:00.000Z");
  expect(momentAt("2026-10-25", "01:30", "Europe/Berlin").toISOString()).toBe("2026-10-24T23:30:00.000Z");
  expect(momentAt("2026-10-25", "09:00", "Europe/Berlin").toISOString()).toBe("2026-10-25T08:00:00.000Z");
});
