import { useNavigate } from "@tanstack/react-router";
import { useEffect, useSyncExternalStore } from "react";
import { useText } from "../../i18n/language";
import { loadRecent, noteRecent, type Recent, recent } from "../../live/recent";
import { type Action, actionsRevision, asOffered } from "../../ui/actions";
import { actionSections, choiceSection } from "./action-sections";
import { addressOf } from "./address";
import { exactSection, foundSections, recentSection } from "./found-sections";
import type { Section } from "./rows";
import { seeAllSection } from "./see-all-section";
import { useFound } from "./use-found";
import { useOtherWords } from "./use-other-words";

const OF_EACH = 5;
const MOST_RECENT = 5;

type Sections = { sections: Section[]; isSearching: boolean; hasFailed: boolean };

/**
 * What the palette shows for what was typed: what has exactly this key, actions that are called so, what was found,
 * and other actions. Actions are there at once; what is found is the same order of things a moment later.
 */
export function useSections(
  typed: string,
  action: Action | undefined,
  ask: (action: Action) => void,
): Sections {
  const text = useText();
  const other = useOtherWords();
  const navigate = useNavigate();
  const lately = useSyncExternalStore(recent.subscribe, recent.get);
  useSyncExternalStore(actionsRevision.subscribe, actionsRevision.get);
  const found = useFound(action ? "" : typed, { limit: OF_EACH });
  useEffect(loadRecent, []);

  const open = (thing: Recent, hash?: string) => {
    noteRecent(thing);
    void navigate({ to: addressOf(thing), hash });
  };
  const seeAll = () => void navigate({ to: "/search", search: { q: typed.trim() } });

  if (action) {
    const sections = choiceSection(asOffered(action), typed, text);
    return { sections, isSearching: false, hasFailed: false };
  }
  const { called, others } = actionSections(typed, { text, other, ask });
  const isEmpty = typed.trim() === "";
  const groups = (!isEmpty && found.data?.groups) || [];
  const sections = isEmpty
    ? [...recentSection(lately.slice(0, MOST_RECENT), open, text), ...others]
    : [
        ...exactSection(groups, open, text),
        ...called,
        ...foundSections(groups, open, text),
        ...seeAllSection(groups, typed, seeAll, text),
        ...others,
      ];
  return { sections, isSearching: found.isFetching, hasFailed: found.isError };
}
