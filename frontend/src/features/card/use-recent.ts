import { useEffect, useEffectEvent, useRef, useState } from "react";
import type { HistoryEvent, ProjectBody } from "../../api/events";
import { useCard } from "./card-context";

/** How long it is said who changed something. */
const SHOWN_MS = 60_000;

/** What others have changed while the sheet is open, and who it was: "due" → 7. It fades after a minute. */
export function useRecent(): ReadonlyMap<string, number> {
  const { history, me } = useCard();
  const [recent, setRecent] = useState<ReadonlyMap<string, number>>(new Map());
  const known = useRef(nameOf(history[0]));
  const forget = useRef(new Map<string, ReturnType<typeof setTimeout>>());

  const learn = useEffectEvent(() => {
    const until = history.findIndex((event) => nameOf(event) === known.current);
    known.current = nameOf(history[0]);
    for (const { actor, body } of history.slice(0, Math.max(until, 0)).reverse()) {
      if (actor === null || actor === me.id) continue;
      for (const place of placesOf(body)) show(place, actor);
    }
  });
  const show = (place: string, actor: number) => {
    setRecent((before) => new Map(before).set(place, actor));
    clearTimeout(forget.current.get(place));
    const drop = () => setRecent((before) => new Map([...before].filter(([one]) => one !== place)));
    forget.current.set(place, setTimeout(drop, SHOWN_MS));
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each new event
  useEffect(() => learn(), [history]);
  useEffect(() => {
    const timers = forget.current;
    return () => {
      for (const timer of timers.values()) clearTimeout(timer);
    };
  }, []);
  return recent;
}

const nameOf = (event: HistoryEvent | undefined) => event && `${event.stream}.${event.seq}`;

/** The parts of the sheet that an event changes. */
export function placesOf(body: ProjectBody): string[] {
  if (body.type === "task.moved") return body.entered_at ? ["status"] : [];
  if (body.type === "task.changed")
    return Object.keys(body).filter((name) => !["type", "id", "version"].includes(name));
  const [family] = body.type.split(".");
  return ["checklist", "relation", "file", "watcher"].includes(family ?? "") ? [family as string] : [];
}
