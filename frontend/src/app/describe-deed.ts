import type { Text } from "../i18n/catalogue";
import type { Deed } from "../live/deeds";

/** What was done, in a few words: "JL-124 moved", "5 cards archived". */
export function describeDeed({ kind, count, key, title }: Deed, text: Text): string {
  if (count === 1) return text(`doing.one_${kind}`, { key: key || title });
  switch (kind) {
    case "create":
    case "move":
    case "change":
    case "archive":
    case "restore":
    case "delete":
      return text(`doing.many_${kind}`, { count });
    default:
      return text("doing.many_other", { count });
  }
}
