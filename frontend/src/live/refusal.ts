import type { Can, StatusCategory, TaskRow, Transition, WorkStatus } from "../api/types";

/** Why a card may not go to a column; the words are chosen where it is shown. */
export type Refusal =
  | { why: "read_only" }
  | { why: "no_way"; source: WorkStatus; open: WorkStatus[] }
  | { why: "functions"; functions: number[]; orManager: boolean; target: WorkStatus }
  | { why: "role" }
  | { why: "full"; target: WorkStatus; total: number }
  /** Of boards that are arranged by something else than the status. */
  | { why: "stays"; with: "account" | "initiative" }
  | { why: "past" }
  | { why: "before_start"; start: string }
  | { why: "no_status"; category: StatusCategory };

export type Mover = { function: number | null; isAdministrator: boolean; can: readonly Can[] };
export type Rules = {
  statuses: WorkStatus[];
  transitions: Transition[];
  countOf: (status: number) => number;
};

/** The server's rules for a move, asked before the drop. Null: nothing stands in the way. */
export function refusalOf(card: TaskRow, target: WorkStatus, mover: Mover, rules: Rules): Refusal | null {
  if (!mover.can.includes("work")) return { why: "read_only" };
  if (card.status === target.id) return null;
  const way = rules.transitions.find(({ source, target: to }) => source === card.status && to === target.id);
  if (!way) return noWay(card, rules);
  if (!mover.isAdministrator && !mayTake(way, mover)) {
    if (way.functions.length === 0) return { why: "role" };
    return { why: "functions", functions: way.functions, orManager: way.role === "manager", target };
  }
  const total = rules.countOf(target.id);
  if (target.limit_is_hard && target.limit && total >= target.limit) return { why: "full", target, total };
  return null;
}

function noWay(card: TaskRow, { statuses, transitions }: Rules): Refusal {
  const source = statuses.find(({ id }) => id === card.status);
  if (!source) return { why: "role" };
  const reachable = new Set(transitions.filter((way) => way.source === card.status).map((way) => way.target));
  return { why: "no_way", source, open: statuses.filter(({ id }) => reachable.has(id)) };
}

function mayTake({ functions, role }: Transition, mover: Mover) {
  if (functions.length === 0 && role === "") return true;
  if (mover.function !== null && functions.includes(mover.function)) return true;
  return (
    (role === "member" && mover.can.includes("work")) || (role === "manager" && mover.can.includes("manage"))
  );
}
