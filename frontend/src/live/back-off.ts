const FIRST_MS = 500;
const LONGEST_MS = 30_000;

/** Full jitter: anywhere between nothing and a bound that doubles, so that a crowd doesn't come back as a crowd. */
export function fullJitter(failures: number, random = Math.random): number {
  return random() * Math.min(LONGEST_MS, FIRST_MS * 2 ** failures);
}
