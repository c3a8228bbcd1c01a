import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type TestResults, testConnection } from "./connection-test";

type Way = "free" | "blocked" | "swallowed" | "silent";
let seen: TestResults[];
const closed = vi.fn();

beforeEach(() => {
  vi.useFakeTimers();
  seen = [];
  closed.mockClear();
});
afterEach(() => void vi.useRealTimers());

function socketOn(way: Way) {
  const socket = {
    onopen: () => {},
    onmessage: (_message: { data: string }) => {},
    onclose: (() => {}) as (() => void) | null,
    send(text: string) {
      const { t, stream } = JSON.parse(text);
      if (t !== "sub" || way === "swallowed") return;
      const data = JSON.stringify({ t: "resync", stream, reason: "epoch" });
      setTimeout(() => socket.onmessage({ data }), 40);
    },
    close: closed,
  };
  if (way === "blocked") setTimeout(() => socket.onclose?.(), 10);
  else if (way !== "silent") setTimeout(() => socket.onopen(), 20);
  return socket as unknown as WebSocket;
}
async function run(way: Way, ask = async () => {}) {
  const done = testConnection({
    ask,
    open: () => socketOn(way),
    stream: "user:1",
    onChange: (results) => seen.push(results),
  });
  await vi.advanceTimersByTimeAsync(30_000);
  return done;
}
const states = (results: TestResults) => Object.values(results).map(({ state }) => state);

test("a free way: every step is shown as it is taken, with the time that it took", async () => {
  const results = await run("free");
  expect(states(results)).toEqual(["ok", "ok", "ok", "ok"]);
  expect(results.trip).toEqual({ state: "ok", ms: 40 });
  expect(seen.map(states)).toContainEqual(["ok", "running", "waiting", "waiting"]);
  expect(closed).toHaveBeenCalledOnce();
});

test.each<[Way, string[]]>([
  ["blocked", ["ok", "failed", "skipped", "skipped"]],
  ["silent", ["ok", "failed", "skipped", "skipped"]],
  ["swallowed", ["ok", "ok", "failed", "skipped"]],
])("a socket that is %s", async (way, expected) => {
  expect(states(await run(way))).toEqual(expected);
});

test("a server that isn't there", async () => {
  const results = await run("free", () => Promise.reject(new Error("down")));
  expect(states(results)).toEqual(["failed", "skipped", "skipped", "skipped"]);
});
