/** "1.4 MB": sizes are written alike in both languages. */
export function bytes(size: number, number: (value: number) => string): string {
  if (size < 1000) return `${number(size)} B`;
  if (size < 1_000_000) return `${number(Math.round(size / 1000))} kB`;
  return `${number(size / 1_000_000)} MB`;
}
