/** The moment at which clocks in this zone show "2026-11-27" and "17:00"; without a zone, the clock of this browser. */
export function momentAt(day: string, time: string, timeZone: string | undefined): Date {
  const wanted = Date.parse(`${day}T${time}:00Z`);
  // Twice, because the first guess may lie on the other side of a change of the clocks.
  let guess = wanted;
  for (let again = 0; again < 2; again++) guess = wanted - (shownAt(guess, timeZone) - guess);
  return new Date(guess);
}

/** What the clocks there show at a moment, as if they were in UTC. */
function shownAt(moment: number, timeZone: string | undefined): number {
  const shown = new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short", timeStyle: "medium" });
  return Date.parse(`${shown.format(moment).replace(" ", "T")}Z`);
}
