import type { ProjectEvent } from "../api/events";
import type { BoardSnapshot, TaskRow } from "../api/types";
import { reduceProject } from "./reduce-project";
import { reduceTask, tasksIn } from "./reduce-task";

/** The cards of a snapshot, straight from its rows. */
export function cardsOf({ tasks: { columns, rows } }: Pick<BoardSnapshot, "tasks">): Map<number, TaskRow> {
  const cards = new Map<number, TaskRow>();
  const width = columns.length;
  for (const row of rows) {
    const card: Record<string, unknown> = {};
    for (let index = 0; index < width; index++) card[columns[index] as string] = row[index];
    cards.set(card.id as number, card as TaskRow);
  }
  return cards;
}

/** The rows of a snapshot, from cards. */
export const rowsOf = (cards: Iterable<TaskRow>, columns: string[]): unknown[][] =>
  [...cards].map((card) => columns.map((column) => card[column as keyof TaskRow]));

/** An older snapshot brought forward by events: what a fresh snapshot would say, apart from the order of its rows. */
export function advance(before: BoardSnapshot, events: ProjectEvent[]): BoardSnapshot {
  const cards = cardsOf(before);
  let { project, seq } = before;
  for (const event of events) {
    project = reduceProject(project, event.body);
    for (const id of tasksIn(event.body)) {
      const card = reduceTask(cards.get(id), id, event.body);
      if (card) cards.set(id, card);
      else cards.delete(id);
    }
    seq = event.seq;
  }
  const { columns } = before.tasks;
  return { ...before, seq, project, tasks: { columns, rows: rowsOf(cards.values(), columns) } };
}
