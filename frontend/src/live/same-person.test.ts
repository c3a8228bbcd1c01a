import { beforeEach, expect, test, vi } from "vitest";
import { samePerson } from "./same-person";

let browser: { token: string; signedIn: number | null; cookieOf: number };
const ask = vi.fn(async () => browser.cookieOf);

beforeEach(() => {
  ask.mockClear();
  browser = { token: "a", signedIn: 1, cookieOf: 1 };
});
const check = () =>
  samePerson(1, { token: () => browser.token, isSignedIn: (person) => browser.signedIn === person, ask });

test("as long as nobody has signed in anew, nobody is asked", async () => {
  const isMe = check();
  expect(await isMe()).toBe(true);
  expect(ask).not.toHaveBeenCalled();
});

test("somebody else has signed in, in another tab", async () => {
  const isMe = check();
  browser = { token: "b", signedIn: 1, cookieOf: 2 };
  expect(await isMe()).toBe(false);
});

test("the same person has signed in again: asked once, then known", async () => {
  const isMe = check();
  browser = { token: "b", signedIn: 1, cookieOf: 1 };
  expect(await isMe()).toBe(true);
  expect(await isMe()).toBe(true);
  expect(ask).toHaveBeenCalledOnce();
});

test("somebody signs in while it is being asked", async () => {
  const isMe = check();
  browser.token = "b";
  ask.mockImplementationOnce(async () => {
    browser.token = "c";
    return 1;
  });
  expect(await isMe()).toBe(false);
});
