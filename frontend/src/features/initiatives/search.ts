import type { ProjectState } from "../../api/types";

/** What the address of the list says. `account` is its id; 0 stands for internal initiatives. */
export type InitiativeSearch = {
  state?: ProjectState | "open";
  account?: number;
  lead?: number;
  mine?: boolean;
  q?: string;
};

const STATES: readonly string[] = ["open", "planned", "active", "waiting", "done", "cancelled"];

export function readInitiativeSearch(search: Record<string, unknown>): InitiativeSearch {
  const account = Number(search.account);
  return {
    state: STATES.includes(String(search.state)) ? (search.state as InitiativeSearch["state"]) : undefined,
    account: search.account !== undefined && Number.isInteger(account) ? account : undefined,
    lead: Number(search.lead) || undefined,
    mine: search.mine === true || undefined,
    q: search.q ? String(search.q) : undefined,
  };
}
