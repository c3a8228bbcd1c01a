import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { send } from "./client";

const asked = vi.fn<(address: RequestInfo | URL, init?: RequestInit) => Promise<Response>>();
const done = () => new Response(JSON.stringify({ id: 1 }), { status: 201 });
const keys = () => asked.mock.calls.map(([, init]) => new Headers(init?.headers).get("Idempotency-Key"));
const publish = (body: string) => send("POST", "/accounts/1/announcements", { body: { body } });

beforeEach(() => {
  asked.mockReset();
  vi.stubGlobal("fetch", asked);
});
afterEach(() => vi.unstubAllGlobals());

test.each([
  ["no answer came", () => Promise.reject(new TypeError("network"))],
  ["a proxy gave up", async () => new Response("", { status: 504 })],
])("what is pressed again after %s is the same command, and then another", async (_why, fails) => {
  asked.mockImplementationOnce(fails).mockImplementation(async () => done());
  await expect(publish("Plant 4 moves")).rejects.toThrow();
  await publish("Plant 4 moves");
  await publish("Plant 4 moves");
  const [first, again, another] = keys();
  expect(again).toBe(first);
  expect(another).not.toBe(first);
});

test("another change in between is a command of its own", async () => {
  asked.mockImplementationOnce(() => Promise.reject(new TypeError("network")));
  asked.mockImplementation(async () => done());
  await expect(publish("Plant 4 moves")).rejects.toThrow();
  await publish("Plant 4 moves to January");
  await publish("Plant 4 moves");
  const [first, other, again] = keys();
  expect(other).not.toBe(first);
  expect(again).toBe(first);
});

test("who was refused begins anew", async () => {
  asked.mockImplementation(async () => new Response(JSON.stringify({ code: "taken" }), { status: 409 }));
  await expect(publish("Twice")).rejects.toThrow();
  await expect(publish("Twice")).rejects.toThrow();
  const [first, second] = keys();
  expect(second).not.toBe(first);
});
