import type { SearchKind } from "../../api/types";

export const KINDS = ["card", "comment", "account", "initiative", "person"] as const satisfies SearchKind[];

/** What the address of the results says: the same search opens for whoever it is sent to, with what they may see. */
export type SearchAddress = { q?: string; kind?: SearchKind };

export function readSearchAddress(search: Record<string, unknown>): SearchAddress {
  return {
    // The router reads "12" as a number.
    q: search.q === undefined || search.q === "" ? undefined : String(search.q).slice(0, 200),
    kind: KINDS.find((kind) => kind === search.kind),
  };
}
