import { Observable } from "../../observable";

/** Words that somebody wants to answer: the composer takes them up. */
export const quoted = new Observable<{ task: number; text: string } | null>(null);

/** A comment as a quotation, with who said it first; what was quoted in it already is left out. */
export function asQuote(name: string, typed: string): string {
  const lines = typed.split("\n").filter((line) => !line.startsWith(">"));
  const words = lines.join("\n").trim().split("\n");
  return [`> **${name}**`, ...words.map((line) => `> ${line}`.trimEnd()), "", ""].join("\n");
}
