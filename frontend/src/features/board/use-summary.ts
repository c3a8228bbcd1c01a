import { useEffect, useMemo, useRef, useState } from "react";
import { useBoard } from "./board-context";
import type { CardTest } from "./filter";
import { type Summary, summarise } from "./summary";

/** Sums may be a moment behind the cards: at a hundred changes a second they are counted a few times, not a hundred. */
const REST_MS = 150;
/** Of its time the page spends no more than one part in so many with counting. */
const PARTS = 60;

/** What the cards of the board add up to. The same tests are counted anew only when cards have changed. */
export function useSummary(tests: readonly CardTest[]): Summary {
  const { set, isIn } = useBoard();
  const [revision, setRevision] = useState(set.revision.get());
  const took = useRef(0);

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const later = () => {
      timer ??= setTimeout(
        () => {
          timer = undefined;
          setRevision(set.revision.get());
        },
        Math.max(REST_MS, took.current * PARTS),
      );
    };
    const stop = set.revision.subscribe(later);
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [set]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new revision means new sums, though the set is the same
  return useMemo(() => {
    const began = performance.now();
    const sums = summarise(set, isIn, tests);
    took.current = performance.now() - began;
    return sums;
  }, [set, isIn, tests, revision]);
}

/** How many cards are late: of the whole board, whatever is filtered. */
export function useOverdue(): number {
  const { tests } = useBoard();
  const asked = useMemo(() => [tests.overdue], [tests]);
  return useSummary(asked).counts[0] ?? 0;
}
