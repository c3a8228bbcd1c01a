import { onForget } from "./forget";

type Base = { text: string; version: number };
const PREFIX = "accord.draft.";

/** A text in the making, kept by this browser until it is saved or thrown away; gone when its person signs out. */
export function draftOf(thing: string) {
  const key = PREFIX + thing;
  return {
    read(): { text: string; at: string; base?: Base } | null {
      try {
        return JSON.parse(localStorage.getItem(key) ?? "null");
      } catch {
        return null;
      }
    },
    /** `base`: the text of which it was made, where others may change that meanwhile. */
    keep(text: string, base?: Base) {
      try {
        localStorage.setItem(key, JSON.stringify({ text, at: new Date().toISOString(), base }));
      } catch {
        // A full or forbidden storage costs the draft its second life, not its first.
      }
    },
    drop: () => localStorage.removeItem(key),
  };
}

onForget(async () => {
  for (const key of Object.keys(localStorage)) if (key.startsWith(PREFIX)) localStorage.removeItem(key);
});
