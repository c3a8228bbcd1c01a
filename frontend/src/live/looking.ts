import { Observable } from "../observable";

/** What this tab is looking at on its board: told to the others together with being there at all. */
export const looking = new Observable<{ task: number | null; field: string | null }>({
  task: null,
  field: null,
});

/** Whoever has stopped typing for so long isn't writing any more. */
const IDLE_MS = 8000;
let idle: ReturnType<typeof setTimeout> | undefined;

/** Something is being written in a field of the open card. */
export function writingIn(field: string) {
  clearTimeout(idle);
  const { task, field: before } = looking.get();
  if (task === null) return;
  if (before !== field) looking.set({ task, field });
  idle = setTimeout(() => doneWriting(field), IDLE_MS);
}

export function doneWriting(field: string) {
  const { task, field: now } = looking.get();
  if (now === field) looking.set({ task, field: null });
}
