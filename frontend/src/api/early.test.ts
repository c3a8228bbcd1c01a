import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { get, send } from "./client";

const json = (body: unknown) => new Response(JSON.stringify(body), { status: 200 });
const asked = vi.fn(async (_address: RequestInfo | URL, _init?: RequestInit) => json({ from: "now" }));

beforeEach(() => {
  asked.mockClear();
  vi.stubGlobal("fetch", asked);
  window.earlyAnswers = new Map([["/me", Promise.resolve(json({ from: "before" }))]]);
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

test("what the page has asked is not asked again, once", async () => {
  expect(await get("/me")).toEqual({ from: "before" });
  expect(asked).not.toHaveBeenCalled();
  expect(await get("/me")).toEqual({ from: "now" });
});

test("a change makes what was asked before it worthless", async () => {
  await send("POST", "/session", { body: {} });
  expect(await get("/me")).toEqual({ from: "now" });
});

test("what was asked long ago is asked again", async () => {
  vi.spyOn(performance, "now").mockReturnValue(10_001);
  expect(await get("/me")).toEqual({ from: "now" });
});

test("no answer early is no answer", async () => {
  window.earlyAnswers?.set("/me", Promise.reject(new TypeError("Failed to fetch")));
  await expect(get("/me")).rejects.toThrow("No answer");
});
