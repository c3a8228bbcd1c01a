import type { SearchKind } from "../api/types";
import { Observable } from "../observable";
import { onForget } from "./forget";
import { session } from "./session";

/** Something that was looked at lately, as it was called then. */
export type Recent = { kind: SearchKind; id: number; key: string; title: string; where: string };

const MOST = 12;
const REMEMBERED = "accord.recent";

/** What this person opened last in this browser, the latest first. */
export const recent = new Observable<readonly Recent[]>([]);

/** Each person has a list of their own. */
const place = () => {
  const current = session.get();
  return current.state === "in" ? `${REMEMBERED}.${current.me.id}` : null;
};

export function loadRecent() {
  const own = place();
  try {
    recent.set(JSON.parse((own && localStorage.getItem(own)) || "[]"));
  } catch {
    recent.set([]);
  }
}

export function noteRecent(thing: Recent) {
  const own = place();
  if (!own || !thing.title) return;
  loadRecent();
  const others = recent.get().filter(({ kind, id }) => kind !== thing.kind || id !== thing.id);
  recent.set([thing, ...others].slice(0, MOST));
  localStorage.setItem(own, JSON.stringify(recent.get()));
}

onForget(async () => {
  recent.set([]);
  for (const name of Object.keys(localStorage))
    if (name.startsWith(REMEMBERED)) localStorage.removeItem(name);
});
