import { useEffect, useMemo, useRef, useState } from "react";
import type { TaskRow } from "../../api/types";
import { addDays } from "../../i18n/days";
import { useFormat } from "../../i18n/format";
import { useBoard } from "./board-context";
import { endOfWeek } from "./days";
import { type Summary, summarise } from "./summary";

/** Sums may be a moment behind the cards: at a hundred changes a second they are counted a few times, not a hundred. */
const REST_MS = 150;
/** Of its time the page spends no more than one part in so many with counting. */
const PARTS = 60;

export function useSummary(): Summary {
  const { set, isIn, tests } = useBoard();
  const today = useFormat().today();
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
    const sunday = endOfWeek(today);
    const monday = addDays(sunday, -6);
    const isThisWeek = ({ due }: TaskRow) => due !== null && due >= monday && due <= sunday;
    const began = performance.now();
    const sums = summarise(set, isIn, tests, isThisWeek);
    took.current = performance.now() - began;
    return sums;
  }, [set, isIn, tests, today, revision]);
}
