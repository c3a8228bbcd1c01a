/**
 * A short key for a new initiative that nobody has yet: the account's code and the first letters of the name's words,
 * as in JLWR for Jinlan's war room. "" where there is nothing to make one of.
 */
export function suggestKey(accountCode: string, name: string, taken: ReadonlySet<string>): string {
  const start = accountCode.toUpperCase().replace(/[^A-Z0-9]/g, "");
  const words = name.toUpperCase().match(/[A-Z][A-Z0-9]*/g) ?? [];
  const [only] = words;
  const initials = words.length > 1 ? words.map(([first]) => first).join("") : (only ?? "").slice(0, 3);
  const base = (start + initials).replace(/^[0-9]+/, "").slice(0, start ? 6 : 4);
  if (!base) return "";
  if (!taken.has(base)) return base;
  for (let number = 2; ; number++) if (!taken.has(`${base}${number}`)) return `${base}${number}`;
}
