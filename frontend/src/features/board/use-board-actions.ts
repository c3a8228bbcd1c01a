import { IconFilter, IconLayoutSidebarRight, IconPlus, IconSwitchHorizontal } from "@tabler/icons-react";
import type { End } from "../../live/commands";
import type { Action } from "../../ui/actions";
import { useActions } from "../../ui/use-actions";
import { useBoard } from "./board-context";
import { STEPS, useWalking } from "./use-walking";

/** The card that a key is meant for: the one under the focus; with the focus nowhere, the one that had it last. */
export function cardUnder(event: KeyboardEvent | undefined, focused: number | null): number | null {
  if (!event) return focused;
  const target = event.target as HTMLElement;
  const own = Number(target.closest<HTMLElement>("[data-card]")?.dataset.card ?? 0);
  return own || (target === document.body ? focused : null);
}

const isNowhere = (event?: KeyboardEvent) => event?.target === document.body;
const stepOf = (event?: KeyboardEvent) => STEPS[event?.key ?? ""];

/** What can be done on a board, with keys and from the palette. */
export function useBoardActions() {
  const { set, view, mayWork, canAdd, keyOf, openCard } = useBoard();
  const { walk, carry, toEnd, toFirst, columnOf } = useWalking();

  const subject = (event?: KeyboardEvent) => {
    const id = cardUnder(event, view.focused.get());
    return id !== null && set.card(id) ? id : null;
  };
  const hasCard = (event?: KeyboardEvent) => subject(event) !== null;
  const about = () => {
    const card = set.card(view.focused.get() ?? 0);
    return card && keyOf(card);
  };
  const withCard = (act: (id: number, event?: KeyboardEvent) => void) => (event?: KeyboardEvent) => {
    const id = subject(event);
    if (id !== null) act(id, event);
  };
  const canCarry = (event?: KeyboardEvent) => {
    const id = subject(event);
    const card = id === null ? undefined : set.card(id);
    return card !== undefined && mayWork(card);
  };

  function add(end: End, event?: KeyboardEvent) {
    view.addingAt.set(end);
    view.adding.set(columnOf(subject(event)));
  }

  const actions: Action[] = [
    {
      id: "board.walk",
      group: "board",
      word: "keys.walk",
      keys: Object.keys(STEPS),
      isKeyOnly: true,
      isOffered: (event) => hasCard(event) || isNowhere(event),
      run: (event) => {
        const [id, step] = [subject(event), stepOf(event)];
        if (id !== null && step) walk(id, step);
        else toFirst();
      },
    },
    {
      id: "board.ends",
      group: "board",
      word: "keys.ends",
      keys: ["Home", "End"],
      isKeyOnly: true,
      isOffered: hasCard,
      run: withCard((id, event) => toEnd(id, event?.key === "End")),
    },
    {
      id: "board.leave",
      group: "board",
      word: "keys.escape",
      keys: ["Escape"],
      isKeyOnly: true,
      isOffered: (event) => hasCard(event) && !isNowhere(event),
      run: () => (document.activeElement as HTMLElement | null)?.blur(),
    },
    {
      id: "card.open",
      group: "card",
      word: "keys.open",
      icon: IconLayoutSidebarRight,
      keys: ["Enter"],
      about,
      isOffered: (event) =>
        (subject(event) ?? 0) > 0 && (!event || (event.target as HTMLElement).dataset.card !== undefined),
      run: withCard((id) => openCard(id)),
    },
    {
      id: "card.carry",
      group: "card",
      word: "keys.move",
      keys: Object.keys(STEPS).map((key) => `Alt+${key}`),
      isKeyOnly: true,
      isOffered: canCarry,
      run: withCard((id, event) => {
        const step = stepOf(event);
        if (step) carry(id, step);
      }),
    },
    {
      id: "card.move",
      group: "card",
      word: "keys.move_to",
      icon: IconSwitchHorizontal,
      keys: ["m"],
      about,
      isOffered: canCarry,
      run: withCard((id) => view.moving.set(id)),
    },
    {
      id: "create.card",
      group: "create",
      word: "board.new_card",
      icon: IconPlus,
      keys: ["c"],
      isOffered: () => canAdd,
      run: (event) => add("top", event),
    },
    {
      id: "create.card_below",
      group: "create",
      word: "board.new_card_below",
      icon: IconPlus,
      keys: ["Shift+c"],
      isOffered: () => canAdd,
      run: (event) => add("bottom", event),
    },
    {
      id: "board.filter",
      group: "board",
      word: "keys.filter",
      icon: IconFilter,
      keys: ["Shift+f"],
      run: () => view.searching.set(view.searching.get() + 1),
    },
  ];
  useActions("page", actions);
}
