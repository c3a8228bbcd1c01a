const fold = (text: string) => text.normalize("NFKC").toLowerCase();

/**
 * How well a text fits what was typed: 0 not at all; more where it begins with it, and where a word does. Every word
 * that was typed must be there.
 */
export function scoreOf(typed: string, name: string, also = ""): number {
  const wanted = fold(typed).trim();
  if (!wanted) return 1;
  const [own, all] = [fold(name), fold(`${name} ${also}`)];
  if (!wanted.split(/\s+/).every((word) => all.includes(word))) return 0;
  if (own.startsWith(wanted)) return 4;
  if (` ${own}`.includes(` ${wanted}`)) return 3;
  return own.includes(wanted) ? 2 : 1;
}

/** Those that fit, best first; equal ones keep their order. */
export function fitting<T>(
  typed: string,
  things: readonly T[],
  textsOf: (thing: T) => [string, string?],
): T[] {
  return things
    .map((thing) => ({ thing, score: scoreOf(typed, ...textsOf(thing)) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .map(({ thing }) => thing);
}
