import type { StatusCategory, TaskRow, WorkStatus } from "../../api/types";
import type { CardChange } from "../../live/commands";
import type { ListChange, ManyChange } from "../../live/many";
import { type Mover, type Refusal, type Rules, refusalOf } from "../../live/refusal";
import { dayIn } from "./days";
import type { Group, Grouping } from "./groupings";

/** What putting a card into a column or a lane means: only the fact changes that the column or lane stands for. */
export type Drop =
  | { does: "nothing" }
  | { does: "move"; status: WorkStatus }
  | { does: "change"; change: CardChange }
  /** Several statuses would do: somebody has to say which. */
  | { does: "choose"; statuses: WorkStatus[] }
  | { does: "refuse"; refusal: Refusal };

export type DropRules = Rules & { mover: Mover; today: string };

const NOTHING: Drop = { does: "nothing" };
const change = (what: CardChange): Drop => ({ does: "change", change: what });
const refuse = (refusal: Refusal): Drop => ({ does: "refuse", refusal });

export function dropOn(grouping: Grouping, group: Group, card: TaskRow, rules: DropRules): Drop {
  if (!rules.mover.can.includes("work")) return refuse({ why: "read_only" });
  if (grouping.keyOf(card) === group.key) return NOTHING;
  switch (grouping.field) {
    case "status":
      return group.mark === "status" ? intoStatus(card, group.status, rules) : NOTHING;
    case "category":
      return group.mark === "category" ? intoCategory(card, group.category, rules) : NOTHING;
    case "function":
      return change({ function: null, ...factsOf(group, rules.today) });
    case "owner":
      return change({ owner: null, ...factsOf(group, rules.today) });
    case "priority":
      return change(factsOf(group, rules.today));
    case "label":
      return change({ labels: labelsAfter(card, grouping, group) });
    case "due":
      return group.mark === "due" ? intoBucket(card, group.bucket, rules.today) : NOTHING;
    case "account":
    case "initiative":
      return refuse({ why: "stays", with: grouping.field });
  }
}

/** What a column or a lane says about the cards in it, where that is a fact of the card itself. */
export function factsOf(group: Group, today: string): CardChange {
  switch (group.mark) {
    case "function":
      return { function: group.function.id };
    case "person":
      return { owner: group.person.id };
    case "priority":
      return { priority: group.priority };
    case "label":
      return { labels: [group.label.id] };
    case "due":
      return { due: dayIn(group.bucket, today) };
    default:
      return {};
  }
}

/** What being in a column or a lane means for several cards at once, apart from the status of one initiative. */
export function changeForAll(
  cards: readonly TaskRow[],
  grouping: Grouping,
  group: Group,
  today: string,
): ManyChange {
  if (group.mark === "category") return { category: group.category };
  if (grouping.field === "label") return { labels: labelsForAll(cards, grouping, group) };
  const none = group.mark === "none" && (grouping.field === "function" || grouping.field === "owner");
  return none ? { [grouping.field]: null } : (factsOf(group, today) as ManyChange);
}

/** As `labelsAfter`: each loses the label that it comes from, and keeps it where another one comes from there. */
function labelsForAll(cards: readonly TaskRow[], grouping: Grouping, group: Group): ListChange {
  if (group.mark !== "label") return { remove: [...new Set(cards.flatMap(({ labels }) => labels))] };
  const coming = cards.filter((card) => grouping.keyOf(card) !== group.key && card.labels.length > 0);
  const from = Map.groupBy(coming, (card) => Number(grouping.keyOf(card)));
  const leaving = [...from].map(([id, some]) => ({ id, tasks: some.map((card) => card.id) }));
  return { add: [group.label.id], ...(leaving.length > 0 && { leaving }) };
}

function intoStatus(card: TaskRow, status: WorkStatus, rules: DropRules): Drop {
  const refusal = refusalOf(card, status, rules.mover, rules);
  return refusal ? refuse(refusal) : { does: "move", status };
}

/** The initiative's own statuses of that category which its workflow lets the card go to. */
function intoCategory(card: TaskRow, category: StatusCategory, rules: DropRules): Drop {
  const statuses = rules.statuses.filter((status) => status.category === category);
  const drops = statuses.map((status) => intoStatus(card, status, rules));
  const open = statuses.filter((_, index) => drops[index]?.does === "move");
  const [only, another] = open;
  if (another) return { does: "choose", statuses: open };
  if (only) return { does: "move", status: only };
  return drops[0] ?? refuse({ why: "no_status", category });
}

/** The label of the column goes, the other comes; in the column of cards without one, all go. */
function labelsAfter({ labels }: TaskRow, grouping: Grouping, group: Group): number[] {
  if (group.mark !== "label") return [];
  const leaving = Number(grouping.keyOf({ labels } as TaskRow));
  return [...new Set([...labels.filter((id) => id !== leaving), group.label.id])].sort((a, b) => a - b);
}

function intoBucket(card: TaskRow, bucket: Parameters<typeof dayIn>[0], today: string): Drop {
  if (bucket === "overdue") return refuse({ why: "past" });
  const due = dayIn(bucket, today);
  if (due && card.start && due < card.start) return refuse({ why: "before_start", start: card.start });
  return change({ due });
}
