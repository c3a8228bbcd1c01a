import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { doneWriting, looking, writingIn } from "./looking";
import { PresenceClaim } from "./presence-claim";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("being somewhere is claimed again before it expires", () => {
  const claim = vi.fn();
  const presence = new PresenceClaim({ claim, isSeen: () => true });
  presence.soon();
  vi.advanceTimersByTime(300);
  expect(claim).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(60_000);
  expect(claim).toHaveBeenCalledTimes(5);
  presence.stop();
  vi.advanceTimersByTime(60_000);
  expect(claim).toHaveBeenCalledTimes(5);
});

test("of many changes in a second the last is told, when the server listens again", () => {
  const told: string[] = [];
  let place = "";
  const presence = new PresenceClaim({ claim: () => told.push(place), isSeen: () => true });
  for (const next of ["board", "card 1", "card 2", "card 3"]) {
    place = next;
    presence.soon();
    vi.advanceTimersByTime(310);
  }
  vi.advanceTimersByTime(1100);
  expect(told).toEqual(["board", "card 3"]);
  presence.stop();
});

test("a tab that nobody looks at claims nothing", () => {
  const claim = vi.fn();
  const presence = new PresenceClaim({ claim, isSeen: () => false });
  presence.soon();
  vi.advanceTimersByTime(60_000);
  expect(claim).not.toHaveBeenCalled();
  presence.stop();
});

test("somebody writes until they stop typing, or say that they are done", () => {
  looking.set({ task: 9, field: null });
  writingIn("comment");
  vi.advanceTimersByTime(7000);
  writingIn("comment");
  vi.advanceTimersByTime(7000);
  expect(looking.get()).toEqual({ task: 9, field: "comment" });
  vi.advanceTimersByTime(1000);
  expect(looking.get()).toEqual({ task: 9, field: null });
  writingIn("title");
  doneWriting("comment");
  expect(looking.get().field).toBe("title");
  doneWriting("title");
  expect(looking.get().field).toBeNull();
});
