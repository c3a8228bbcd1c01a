import { IconFlag3 } from "@tabler/icons-react";
import type { ReactNode } from "react";
import type { Found } from "../../api/types";
import { usePerson } from "../../live/hooks";
import { AccountCode } from "../../ui/account-code";
import { Avatar } from "../../ui/avatar";
import { StatusIcon } from "../../ui/status-icon";

/** What kind of thing it is, at a glance: a status, a face, the letters of a customer. */
export function FoundMark({ found }: { found: Found }): ReactNode {
  const person = usePerson(found.person);
  switch (found.kind) {
    case "card":
      return found.status && <StatusIcon {...found.status} size={15} />;
    case "comment":
    case "person":
      return <Avatar person={person} size="small" isNamed={found.kind === "person"} />;
    case "account":
      return <AccountCode code={found.key} />;
    case "initiative":
      return <IconFlag3 size={17} stroke={1.6} aria-hidden />;
  }
}
