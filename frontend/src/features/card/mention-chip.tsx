import type { ReactNode } from "react";
import { useCard as useBoardCard } from "../../live/board-hooks";
import { useNameOf, usePerson } from "../../live/hooks";
import { useAccounts, useTaskByKey } from "../../live/query-hooks";
import { AccountChip, CardChip, PersonChip, PlainMention } from "../../ui/mention-chips";
import { useCard } from "./card-context";

type ChipProps = { href: string; children: ReactNode };

/** What a text mentions, by its name of today. Of what the reader may not see only the words of the text are shown. */
export function MentionChip({ href, children }: ChipProps) {
  const [, kind, one = "", other = ""] = href.split("/");
  if (kind === "people") return <Somebody id={Number(one)}>{children}</Somebody>;
  if (kind === "accounts") return <Customer code={one}>{children}</Customer>;
  return <SomeCard href={href} projectKey={one} cardKey={other} />;
}

function Somebody({ id, children }: { id: number; children: ReactNode }) {
  const { me } = useCard();
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

function SomeCard({ href, projectKey, cardKey }: { href: string; projectKey: string; cardKey: string }) {
  const { store, project, statuses } = useCard();
  const here =
    projectKey === project.key
      ? [...store.cards()].find(({ number }) => `${project.key}-${number}` === cardKey)
      : undefined;
  const card = useBoardCard(store, here?.id ?? 0);
  const { data } = useTaskByKey(cardKey, !here);
  const status = statuses.find(({ id }) => id === card?.status);
  const title = card?.title ?? data?.title;
  if (!title) return <PlainMention>{cardKey}</PlainMention>;
  return <CardChip href={href} cardKey={cardKey} title={title} status={status} />;
}
