/** As long as the server takes a title, and as many cards as it makes in one step. */
const LONGEST = 300;
export const MOST_PASTED = 500;

/** What lists put before their lines: dashes, dots, numbers, boxes to tick. */
const MARKS = /^\s*(?:(?:[-*+•·–—▪◦●○□☐☑✓]|\d{1,3}[.)、．]|[（(]\d{1,3}[)）]|\[[ xX]?\])\s*)+/u;

/** The titles in a text with several lines: each line that says something, without what makes it a line of a list. */
export function titlesIn(pasted: string): string[] {
  return pasted
    .split(/\r\n|\r|\n/)
    .map((line) => line.replace(MARKS, "").replace(/\s+/g, " ").trim().slice(0, LONGEST).trim())
    .filter((title) => title !== "")
    .slice(0, MOST_PASTED);
}
