const FORGETTERS = new Set<() => Promise<void>>();

/** Registers how something that survives a reload is wiped when its person signs out. */
export function onForget(wipe: () => Promise<void>) {
  FORGETTERS.add(wipe);
}

export async function forgetEverything() {
  await Promise.allSettled([...FORGETTERS].map((wipe) => wipe()));
}
