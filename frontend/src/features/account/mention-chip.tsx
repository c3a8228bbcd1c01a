import type { ReactNode } from "react";
import { useMe, useNameOf, usePerson, useWorkspace } from "../../live/hooks";
import { useAccounts, useTaskByKey } from "../../live/query-hooks";
import { AccountChip, CardChip, PersonChip, PlainMention } from "../../ui/mention-chips";

type ChipProps = { href: string; children: ReactNode };

/** What the notes mention, by its name of today. Of what the reader may not see only the words of the text are shown. */
export function MentionChip({ href, children }: ChipProps) {
  const [, kind, one = "", cardKey = ""] = href.split("/");
  if (kind === "people") return <Somebody id={Number(one)}>{children}</Somebody>;
  if (kind === "accounts") return <Customer code={one}>{children}</Customer>;
  return <SomeCard href={href} cardKey={cardKey} />;
}

function Somebody({ id, children }: { id: number; children: ReactNode }) {
  const me = useMe();
  const nameOf = useNameOf();
  const person = usePerson(id);
  return <PersonChip isMe={person?.id === me.id}>{person ? `@${nameOf(person)}` : children}</PersonChip>;
}

function Customer({ code, children }: { code: string; children: ReactNode }) {
  const nameOf = useNameOf();
  const account = useAccounts().data?.find((one) => one.code === code);
  if (!account) return <PlainMention>{children}</PlainMention>;
  return <AccountChip code={code}>{nameOf(account)}</AccountChip>;
}

function SomeCard({ href, cardKey }: { href: string; cardKey: string }) {
  const { workflows } = useWorkspace();
  const { data: task } = useTaskByKey(cardKey, true);
  if (!task) return <PlainMention>{cardKey}</PlainMention>;
  const status = [...workflows.values()]
    .flatMap(({ statuses }) => statuses)
    .find(({ id }) => id === task.status);
  return <CardChip href={href} cardKey={cardKey} title={task.title} status={status} />;
}
