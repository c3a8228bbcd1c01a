import type { Found } from "../../api/types";

/** The comment that was found, which the card's sheet then shows and marks. */
export const hashOf = ({ kind, id }: Pick<Found, "kind" | "id">) =>
  kind === "comment" ? `comment-${id}` : undefined;

type Thing = Pick<Found, "kind" | "id" | "key">;

/** Where a thing that was found opens. A comment opens the card that it stands on. */
export function addressOf({ kind, id, key }: Thing): string {
  switch (kind) {
    case "card":
    case "comment":
      return `/b/${key.replace(/-\d+$/, "")}/${key}`;
    case "account":
      return `/accounts/${key}`;
    case "initiative":
      return `/b/${key}`;
    case "person":
      return `/people/${id}`;
  }
}
