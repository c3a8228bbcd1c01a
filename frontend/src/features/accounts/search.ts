import type { Tier } from "../../api/types";

/** What the address of the list says: the same list opens for whoever it is sent to. */
export type AccountSearch = { tier?: Tier; owner?: number; q?: string };

const TIERS: readonly string[] = ["S", "A", "B", "C", "candidate", "exited"] satisfies Tier[];

export function readAccountSearch(search: Record<string, unknown>): AccountSearch {
  return {
    tier: TIERS.includes(String(search.tier)) ? (search.tier as Tier) : undefined,
    owner: Number(search.owner) || undefined,
    q: search.q ? String(search.q) : undefined,
  };
}
