import { useText } from "../../i18n/language";
import { findCards } from "../../live/find-cards";
import { useNameOf, useWorkspace } from "../../live/hooks";
import { useAccounts } from "../../live/query-hooks";
import { uploadFile } from "../../live/sent-deeds";
import {
  asQuery,
  ENOUGH_LETTERS,
  fits,
  offeredAccounts,
  offeredCards,
  offeredPeople,
} from "../../ui/editor/mentionables";
import type { Mentionable, Writing } from "../../ui/editor/writing";
import { useCard } from "./card-context";

type WritingOnCard = Required<Writing> & {
  /** People, cards of this board and accounts: at once. */
  near: (typed: string) => Mentionable[];
  /** Cards of other boards: after a moment. */
  elsewhere: (typed: string) => Promise<Mentionable[]>;
};

/** Whom and what a text on this card can mention, people first; pasted files become files of the card. */
export function useWriting(): WritingOnCard {
  const { store, task, project, statuses } = useCard();
  const text = useText();
  const nameOf = useNameOf();
  const { people } = useWorkspace();
  const { data: accounts = [] } = useAccounts();

  const near = (typed: string): Mentionable[] => {
    const query = asQuery(typed);
    const cards = [...store.cards()]
      .filter((card) => card.number > 0 && card.id !== task.id)
      .map((card) => ({
        key: `${project.key}-${card.number}`,
        title: card.title,
        status: statuses.find(({ id }) => id === card.status),
      }))
      .filter(({ key, title }) => fits(query, key, title));
    return [
      ...offeredPeople(people.values(), query, nameOf),
      ...offeredCards(cards),
      ...offeredAccounts(accounts, query, nameOf, text("card.an_account")),
    ];
  };
  const elsewhere = async (typed: string): Promise<Mentionable[]> => {
    const query = asQuery(typed);
    if (query.length < ENOUGH_LETTERS) return [];
    const cards = await findCards(query);
    return offeredCards(cards.filter(({ key }) => key.replace(/-\d+$/, "") !== project.key));
  };
  const offer = async (typed: string) => [...near(typed), ...(await elsewhere(typed))];
  const upload = (file: File) => uploadFile(task, file);
  return { offer, near, elsewhere, upload };
}
