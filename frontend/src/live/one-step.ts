let depth = 0;
const waiting = new Set<() => void>();

/** Changes several copies, and tells those who watch only when all of them have changed: nobody sees the half of it. */
export function inOneStep(change: () => void) {
  depth += 1;
  try {
    change();
    // What is told may ask for more to be told; the same listener twice is told once.
    while (depth === 1 && waiting.size) {
      const told = [...waiting];
      waiting.clear();
      for (const tell of told) tell();
    }
  } finally {
    depth -= 1;
  }
}

/** Tells at the end of the step, or at once where there is none. */
export function afterStep(tell: () => void) {
  if (depth) waiting.add(tell);
  else tell();
}
