import type { StatusCategory, Transition, WorkStatus } from "../../api/types";

/** What is about to change, and of which status or label: `limit` is the one that is about to be set. */
export type Touching = {
  by: "removal" | "category" | "limit" | "way" | "label";
  id: number;
  limit?: number;
};
type StatusDraft = { category: StatusCategory; limit: string; limit_is_hard: boolean };

/** Where the server says which cards that touches. */
export const touchedPath = ({ by, id, limit }: Touching) =>
  by === "label"
    ? `/labels/${id}/touched`
    : `/statuses/${id}/touched?by=${by}${limit === undefined ? "" : `&limit=${limit}`}`;

/** What of a status as it is being edited touches cards that are there. A new name or colour doesn't. */
export function touchingOf(status: WorkStatus | null, draft: StatusDraft): Touching[] {
  if (!status) return [];
  const found: Touching[] = [];
  if (draft.category !== status.category) found.push({ by: "category", id: status.id });
  if (isTighter(status, draft)) found.push({ by: "limit", id: status.id, limit: Number(draft.limit) });
  return found;
}

function isTighter(status: WorkStatus, { limit, limit_is_hard }: StatusDraft) {
  if (!/^[1-9][0-9]{0,3}$/.test(limit)) return false;
  const isLower = status.limit === null || Number(limit) < status.limit;
  return isLower || (limit_is_hard && !status.limit_is_hard);
}

type Way = Pick<Transition, "functions" | "role">;
const isOpen = (way: Way) => way.functions.length === 0 && way.role === "";

/** Whether somebody who might take a card this way no longer may. */
export function isNarrower(before: Way | undefined, after: Way | undefined): boolean {
  if (!before || (after && isOpen(after))) return false;
  if (!after || isOpen(before)) return true;
  if (after.role === "member") return false;
  const hasLostRole = before.role !== "" && before.role !== after.role;
  return hasLostRole || before.functions.some((id) => !after.functions.includes(id));
}
