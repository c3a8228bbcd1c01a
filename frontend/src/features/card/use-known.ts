import { useWorkspace } from "../../live/hooks";
import { useAccounts } from "../../live/query-hooks";
import { useCard } from "./card-context";
import { type Known, knownAccount, knownCard, knownPerson } from "./mentions";

/** Everything that a comment on this card can mention, gathered when it is asked for. */
export function useKnown(): () => Known[] {
  const { store, project } = useCard();
  const { people } = useWorkspace();
  const { data: accounts = [] } = useAccounts();
  return () => [
    ...[...people.values()].flatMap(knownPerson),
    ...[...store.cards()]
      .filter(({ number }) => number > 0)
      .map(({ number }) => knownCard(project.key, number)),
    ...accounts.map(({ code }) => knownAccount(code)),
  ];
}
