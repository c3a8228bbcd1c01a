import type { BoardProject, SortField, TaskRow, WorkStatus } from "../../api/types";
import { comparePlaces } from "../../live/ordered-columns";

export type Compare = (a: TaskRow, b: TaskRow) => number;

const WEIGHT = { urgent: 0, high: 1, medium: 2, low: 3, "": 4 };
const NEVER = "9999";

type Known = {
  statusOf: (card: TaskRow) => WorkStatus | undefined;
  projectOf: (card: TaskRow) => BoardProject | undefined;
  collator: Intl.Collator;
};

/** What comes first. Equal cards keep the order of their ids, so that an order is always the same. */
export function compareBy(sort: SortField, { statusOf, projectOf, collator }: Known): Compare {
  switch (sort) {
    case "rank":
      // Ranks of different columns say nothing about each other.
      return (a, b) =>
        a.status === b.status
          ? comparePlaces(a, b)
          : (statusOf(a)?.position ?? 0) - (statusOf(b)?.position ?? 0) || a.status - b.status;
    case "due":
      return (a, b) => text(a.due ?? NEVER, b.due ?? NEVER) || urgency(a, b) || a.id - b.id;
    case "priority":
      return (a, b) => urgency(a, b) || text(a.due ?? NEVER, b.due ?? NEVER) || a.id - b.id;
    case "entered":
      return (a, b) => text(a.entered_at, b.entered_at) || a.id - b.id;
    case "title":
      return (a, b) => collator.compare(a.title, b.title) || a.id - b.id;
    case "key":
      return (a, b) =>
        text(projectOf(a)?.key ?? "", projectOf(b)?.key ?? "") || a.number - b.number || a.id - b.id;
  }
}

const urgency = (a: TaskRow, b: TaskRow) => WEIGHT[a.priority] - WEIGHT[b.priority];
const text = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
