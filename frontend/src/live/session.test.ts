import { beforeEach, expect, test, vi } from "vitest";
import type { Me } from "../api/types";
import { enter, isSignedIn, session, whenSomebodyElse } from "./session";

const me = (id: number) => ({ id, language: "en", time_zone: "Asia/Shanghai" }) as Me;
const inAnotherTab = (newValue: string | null) =>
  dispatchEvent(new StorageEvent("storage", { key: "accord.signed_in", newValue }));

beforeEach(async () => enter(me(1)));

test("another tab tells when this person has signed out, or somebody else has signed in", () => {
  const gone = vi.fn();
  whenSomebodyElse(gone);
  inAnotherTab("1");
  expect(gone).not.toHaveBeenCalled();
  inAnotherTab(null);
  inAnotherTab("2");
  expect(gone).toHaveBeenCalledTimes(2);
});

test("whoever comes second to a page never gets what the first had in it", async () => {
  await enter(me(2)).catch(() => {}); // the page starts over, which jsdom doesn't do
  expect(session.get()).toMatchObject({ state: "in", me: { id: 1 } });
  expect(isSignedIn(2)).toBe(true);
});

test("what the same person sets in another tab is so here, and lets nobody in who is out here", async () => {
  const elsewhere = new BroadcastChannel("accord.me.1");
  const after = new BroadcastChannel("accord.me.1");
  elsewhere.postMessage({ ...me(1), language: "zh-Hans" });
  await vi.waitFor(() => expect(session.get()).toMatchObject({ me: { language: "zh-Hans" } }));
  session.set({ state: "out" });
  const heard = new Promise((done) => after.addEventListener("message", done));
  elsewhere.postMessage(me(1));
  await heard; // opened later, so told later
  expect(session.get()).toEqual({ state: "out" });
  elsewhere.close();
  after.close();
});
