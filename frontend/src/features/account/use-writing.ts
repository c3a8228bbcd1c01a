import { useText } from "../../i18n/language";
import { findCards } from "../../live/find-cards";
import { useNameOf, useWorkspace } from "../../live/hooks";
import { useAccounts } from "../../live/query-hooks";
import {
  asQuery,
  ENOUGH_LETTERS,
  offeredAccounts,
  offeredCards,
  offeredPeople,
} from "../../ui/editor/mentionables";
import type { Writing } from "../../ui/editor/writing";

/** Whom and what the notes of an account can mention: people, cards of every board, accounts. */
export function useWriting(): Writing {
  const text = useText();
  const nameOf = useNameOf();
  const { people } = useWorkspace();
  const { data: accounts = [] } = useAccounts();
  return {
    offer: async (typed) => {
      const query = asQuery(typed);
      return [
        ...offeredPeople(people.values(), query, nameOf),
        ...offeredAccounts(accounts, query, nameOf, text("card.an_account")),
        ...offeredCards(query.length < ENOUGH_LETTERS ? [] : await findCards(query)),
      ];
    },
  };
}
