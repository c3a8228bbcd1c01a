import { useNavigate } from "@tanstack/react-router";
import type { Person, TaskRow } from "../../api/types";
import { useText } from "../../i18n/language";
import { changeTask } from "../../live/commands";
import { draftOf } from "../../live/drafts";
import { useNameOf, useWorkspace } from "../../live/hooks";
import type { Refusal } from "../../live/refusal";
import { cellOf } from "./arrangement";
import { useBoard } from "./board-context";
import { useGroups } from "./use-arrangement";

/** Something that would help where a card may not go, to be done with one click. */
export type Remedy = { word: string; run: () => void };

/** Nobody reads a list of everybody who could. */
const MOST_ASKED = 2;

/** What helps against a refusal, for this card: asking somebody who may, making room, or changing what stands in the way. */
export function useRemedies(card: TaskRow, leave: () => void) {
  const { set, view, me, arrangement, projectOf, keyOf, openCard } = useBoard();
  const { people } = useWorkspace();
  const text = useText();
  const nameOf = useNameOf();
  const navigate = useNavigate();
  const groups = useGroups();
  const store = set.boardOf(card.id);
  const isKnown = card.number > 0;

  /** Opens the card with a comment for somebody begun; nothing is sent before it was read. */
  const ask = (person: Person, target: string): Remedy => ({
    word: text("move.ask", { name: nameOf(person) }),
    run: () => {
      const words = text("move.ask_words", { name: nameOf(person), key: keyOf(card), target });
      draftOf(`${me.id}.task.${card.id}.comment`).keep(words);
      leave();
      openCard(card.id);
    },
  });
  const toWorkflows: Remedy = {
    word: text("move.to_workflows"),
    run: () => void navigate({ to: "/settings/$section", params: { section: "workflows" } }),
  };
  const isThere = (person?: Person): person is Person => person?.is_active === true && person.id !== me.id;

  /** Those on the card come first, then those who own other cards here, then whoever leads the initiative. */
  const whoMay = (functions: number[], orLead: boolean): Person[] => {
    const lead = orLead ? projectOf(card)?.lead : null;
    const owners = [...(store?.cards() ?? [])].map(({ owner }) => owner);
    const fitting = [card.owner, ...card.assignees, ...owners]
      .map((id) => people.get(id ?? 0))
      .filter((person) => person && functions.includes(person.function ?? 0));
    return [...new Set([...fitting, people.get(lead ?? 0)].filter(isThere))].slice(0, MOST_ASKED);
  };

  return (refusal: Refusal, group: { key: string; name: string }): Remedy[] => {
    switch (refusal.why) {
      case "functions":
        return isKnown ? whoMay(refusal.functions, refusal.orManager).map((one) => ask(one, group.name)) : [];
      case "role":
        return isKnown ? whoMay([], true).map((one) => ask(one, group.name)) : [];
      case "full": {
        const places = (groups.lanes ?? [{ key: "" }]).map((lane) => cellOf(group.key, lane.key));
        const first = places.flatMap((place) => arrangement.cell(place))[0];
        const look: Remedy = {
          word: text("move.see_column", { column: group.name }),
          run: () => {
            view.page.set(group.key);
            leave();
            if (first !== undefined) view.focus(first);
          },
        };
        return me.is_administrator ? [look, toWorkflows] : [look];
      }
      case "before_start":
        return store
          ? [{ word: text("move.no_start"), run: () => changeTask(store, card.id, { start: null }) }]
          : [];
      case "stays":
        return isKnown && refusal.with === "initiative"
          ? [
              {
                word: text("move.open_card"),
                run: () => {
                  leave();
                  openCard(card.id);
                },
              },
            ]
          : [];
      case "no_status":
        return me.is_administrator ? [toWorkflows] : [];
      default:
        return [];
    }
  };
}
