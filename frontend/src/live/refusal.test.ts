import { expect, test } from "vitest";
import type { TaskRow, Transition, WorkStatus } from "../api/types";
import { type Mover, refusalOf } from "./refusal";

const status = (id: number, more: Partial<WorkStatus> = {}): WorkStatus => ({
  id,
  name: `S${id}`,
  name_zh: "",
  category: "active",
  color: "grey",
  position: id,
  limit: null,
  limit_is_hard: false,
  ...more,
});
const [doing, review, done] = [status(1), status(2), status(3)];
const card = { id: 9, status: 1 } as TaskRow;
const member: Mover = { function: 5, isAdministrator: false, can: ["see", "work"] };
const way = (more: Partial<Transition> = {}): Transition => ({
  source: 1,
  target: 2,
  functions: [],
  role: "",
  ...more,
});
const ask = (transitions: Transition[], mover = member, target = review, count = 0) =>
  refusalOf(card, target, mover, { statuses: [doing, review, done], transitions, countOf: () => count });

test("an open way refuses nobody who may work", () => {
  expect(ask([way()])).toBeNull();
  expect(ask([way()], { ...member, can: ["see"] })).toEqual({ why: "read_only" });
});
test("without a way it says where the card may go", () => {
  expect(ask([way({ target: 3 })])).toEqual({ why: "no_way", source: doing, open: [done] });
});
test("a way of some functions is open to their people, to administrators and to the role it names", () => {
  const guarded = [way({ functions: [8], role: "manager" })];
  expect(ask(guarded)).toMatchObject({ why: "functions", functions: [8], orManager: true });
  expect(ask(guarded, { ...member, function: 8 })).toBeNull();
  expect(ask(guarded, { ...member, can: ["see", "work", "manage"] })).toBeNull();
  expect(ask(guarded, { ...member, isAdministrator: true })).toBeNull();
});
test("a way for managers only says so", () => {
  expect(ask([way({ role: "manager" })])).toEqual({ why: "role" });
});
test("a full column refuses only when its limit is hard, and not the cards that are in it", () => {
  const hard = status(2, { limit: 2, limit_is_hard: true });
  expect(ask([way()], member, hard, 2)).toMatchObject({ why: "full", total: 2 });
  expect(ask([way()], member, { ...hard, limit_is_hard: false }, 2)).toBeNull();
  expect(ask([], member, doing, 9)).toBeNull();
});
