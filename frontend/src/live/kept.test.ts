import "fake-indexeddb/auto";
import { beforeEach, expect, test } from "vitest";
import { ApiError, NetworkError } from "../api/errors";
import { forgetEverything } from "./forget";
import { asOf, dropAllKeptBut, keep, kept, readOrKept } from "./kept";
import { rememberPerson } from "./person-here";

beforeEach(async () => {
  await forgetEverything();
  rememberPerson(1);
  asOf.set(null);
});

const fails = (error: Error) => () => Promise.reject(error);

test("without an answer the copy is read, and it is said how old it is", async () => {
  await keep("board", "7", "then");
  const copy = await kept("board", "7");
  expect(await readOrKept("board", "7", fails(new NetworkError("")))).toBe("then");
  expect(await readOrKept("board", "7", fails(new ApiError(502, {})))).toBe("then");
  expect(asOf.get()).toBe(copy?.at);
  await expect(readOrKept("board", "8", fails(new NetworkError("")))).rejects.toThrow(NetworkError);
});

test("what is refused is not read from a copy, and its copy goes", async () => {
  await keep("board", "7", "then");
  await expect(readOrKept("board", "7", fails(new ApiError(404, {})))).rejects.toThrow(ApiError);
  await expect.poll(() => kept("board", "7")).toBeUndefined();
});

test("nobody reads what another person has kept", async () => {
  await keep("card", "1", "hers");
  rememberPerson(2);
  expect(await kept("card", "1")).toBeUndefined();
  await keep("card", "1", "his");
  await dropAllKeptBut(2);
  expect(await kept("card", "1")).toMatchObject({ value: "his" });
  rememberPerson(1);
  expect(await kept("card", "1")).toBeUndefined();
});

test("only so many are kept: the one that was read longest ago makes room", async () => {
  for (let board = 1; board <= 13; board++) await keep("board", String(board), board);
  expect(await kept("board", "1")).toBeUndefined();
  expect(await kept("board", "2")).toBeDefined();
  expect(await kept("board", "13")).toBeDefined();
});
