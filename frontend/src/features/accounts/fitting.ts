import type { AccountRow, Tier } from "../../api/types";
import type { AccountSearch } from "./search";

const RANK: Record<Tier, number> = { S: 0, A: 1, B: 2, C: 3, candidate: 4, exited: 5 };
export const rankOf = (tier: Tier) => RANK[tier];

/** The accounts that fit the filters, those that matter most first. */
export function fitting(accounts: AccountRow[], { tier, owner, q = "" }: AccountSearch): AccountRow[] {
  const words = q.toLowerCase().split(/\s+/).filter(Boolean);
  return accounts
    .filter(
      (account) =>
        (!tier || account.tier === tier) && (!owner || account.owner === owner) && contains(account, words),
    )
    .sort((a, b) => rankOf(a.tier) - rankOf(b.tier) || (a.code < b.code ? -1 : 1));
}

function contains(account: AccountRow, words: string[]) {
  const { code, name, name_zh, industry, industry_zh } = account;
  const text = `${code} ${name} ${name_zh} ${industry} ${industry_zh}`.toLowerCase();
  return words.every((word) => text.includes(word));
}
