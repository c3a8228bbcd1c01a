import { useCallback, useRef, useSyncExternalStore } from "react";
import type { BoardProject, TaskRow, Transition, WorkStatus } from "../api/types";
import type { BoardSet } from "./board-set";
import type { BoardStore } from "./board-store";
import { useWorkspace } from "./hooks";

/** One card as it is shown now; repaints only when that card changes. Undefined when the board doesn't show it. */
export function useCard(store: BoardStore | BoardSet, id: number): TaskRow | undefined {
  const watch = useCallback((listener: () => void) => store.watchCard(id, listener), [store, id]);
  return useSyncExternalStore(watch, () => store.card(id));
}

/** The last thing somebody else did to a card. */
export function useMark(store: BoardStore | BoardSet, id: number) {
  const watch = useCallback((listener: () => void) => store.watchCard(id, listener), [store, id]);
  return useSyncExternalStore(watch, () => store.mark(id));
}

/** The ids of a column's cards in order; repaints only when that column's order changes. */
export function useColumn(store: BoardStore, status: number): readonly number[] {
  const watch = useCallback((listener: () => void) => store.watchColumn(status, listener), [store, status]);
  return useSyncExternalStore(watch, () => store.column(status));
}

export function usePhase(store: BoardStore) {
  return useSyncExternalStore(store.phase.subscribe, store.phase.get);
}

/** The initiative, its statuses in order and the ways between them. Names follow the workspace as they change. */
export function useFacts(store: BoardStore) {
  const facts = useSyncExternalStore(store.facts.subscribe, store.facts.get);
  const { workflows } = useWorkspace();
  if (!facts) throw new Error("The board has no snapshot yet");
  const workflow = workflows.get(facts.project.workflow);
  const statuses: WorkStatus[] = workflow?.statuses ?? facts.statuses;
  const transitions: Transition[] = workflow?.transitions ?? facts.transitions;
  return { project: facts.project, statuses: inOrder(statuses), transitions };
}

const ordered = new WeakMap<WorkStatus[], WorkStatus[]>();
function inOrder(statuses: WorkStatus[]): WorkStatus[] {
  const known = ordered.get(statuses);
  if (known) return known;
  const sorted = [...statuses].sort((a, b) => a.position - b.position || a.id - b.id);
  ordered.set(statuses, sorted);
  return sorted;
}

/** The initiatives of boards that are watched together; the same array as long as they are the same. */
export function useProjectsIn(set: BoardSet): readonly BoardProject[] {
  const last = useRef<readonly BoardProject[]>([]);
  const watch = useCallback(
    (listener: () => void) => {
      let stops: (() => void)[] = [];
      const again = () => {
        for (const stop of stops) stop();
        stops = set.boards.get().map((board) => board.facts.subscribe(listener));
        listener();
      };
      const stop = set.boards.subscribe(again);
      stops = set.boards.get().map((board) => board.facts.subscribe(listener));
      return () => {
        stop();
        for (const one of stops) one();
      };
    },
    [set],
  );
  return useSyncExternalStore(watch, () => {
    const now = set.boards.get().flatMap((board) => board.facts.get()?.project ?? []);
    const isSame = now.length === last.current.length && now.every((one, at) => one === last.current[at]);
    if (!isSame) last.current = now;
    return last.current;
  });
}
