import type { Person, StatusCategory, StatusColour } from "../../api/types";
import { AccountCode } from "../account-code";
import { Avatar } from "../avatar";
import { StatusIcon } from "../status-icon";
import type { Mentionable } from "./writing";

const MOST_OF_A_KIND = 5;
/** From so many letters on, cards are looked for everywhere. */
export const ENOUGH_LETTERS = 2;

type Names = { name: string; name_zh: string };
type NameOf = (thing: Names) => string;
/** A card as it is offered: `href` is what the text keeps. */
export type CardMatch = {
  key: string;
  title: string;
  status: { category: StatusCategory; color: StatusColour } | null | undefined;
};

export const asQuery = (typed: string) => typed.trim().toLowerCase().replaceAll("’", "'");
export const fits = (query: string, ...words: string[]) =>
  words.some((word) => word.toLowerCase().includes(query));

export function offeredPeople(people: Iterable<Person>, query: string, nameOf: NameOf): Mentionable[] {
  return [...people]
    .filter(
      ({ is_active, name, name_zh }) => is_active && fits(query, name, name.replaceAll(" ", ""), name_zh),
    )
    .slice(0, MOST_OF_A_KIND)
    .map((person) => ({
      href: `/people/${person.id}`,
      label: `@${nameOf(person)}`,
      name: nameOf(person),
      icon: <Avatar person={person} isNamed />,
    }));
}

export function offeredAccounts(
  accounts: readonly (Names & { code: string })[],
  query: string,
  nameOf: NameOf,
  hint: string,
): Mentionable[] {
  return accounts
    .filter(({ code, name, name_zh }) => fits(query, code, name, name_zh))
    .slice(0, MOST_OF_A_KIND)
    .map((account) => ({
      href: `/accounts/${account.code}`,
      label: `@${account.code}`,
      name: nameOf(account),
      hint,
      icon: <AccountCode code={account.code} />,
    }));
}

export function offeredCards(cards: readonly CardMatch[]): Mentionable[] {
  return cards.slice(0, MOST_OF_A_KIND).map(({ key, title, status }) => ({
    href: `/b/${key.replace(/-\d+$/, "")}/${key}`,
    label: key,
    name: title,
    hint: key,
    icon: status && <StatusIcon category={status.category} color={status.color} size={16} />,
  }));
}
