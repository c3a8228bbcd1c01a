import type { ComponentType } from "react";
import type { TextKey } from "../i18n/catalogue";
import { Observable } from "../observable";

/** Where an action stands in the palette and in the list of keys. */
export type ActionGroup = "card" | "board" | "view" | "create" | "go" | "you" | "help";

/**
 * Whose action it is. With the same id or the same keys the one further down this list wins, so that a card's sheet
 * stands in for the board under it. While a sheet is open the page's keys rest; over any other dialog all keys do.
 */
export const LAYERS = ["app", "page", "sheet"] as const;
export type Layer = (typeof LAYERS)[number];

/** One of the things that an action can be done with: a person to assign, a label, a column. */
export type Choice = {
  id: string | number;
  name: string;
  /** What also finds it: the name in the other language, a code. */
  also?: string;
  /** What it is, or why it can't be chosen. */
  hint?: string;
  icon?: ComponentType<IconProps>;
  isChosen?: boolean;
  isDisabled?: boolean;
  run: () => void;
};
export type IconProps = { size?: number; stroke?: number };

/** Something that a person can do here: by keys, in the palette, and told by the list of keys. */
export type Action = {
  /** Stands for the same intention wherever it is offered: `card.move` on a board and in a sheet. */
  id: string;
  group: ActionGroup;
  /** What it is called, in the words of the catalogue. */
  word: TextKey;
  icon?: ComponentType<IconProps>;
  /**
   * Each of them does it: `"c"`, `"?"`, `"Alt+ArrowLeft"`, `"Mod+k"` (⌘ on a Mac, Ctrl elsewhere), `"g b"` (one after
   * the other).
   */
  keys?: readonly string[];
  /** Heard in text fields and over dialogs too. */
  isEverywhere?: boolean;
  /** Only for keys: the palette has no use for it. */
  isKeyOnly?: boolean;
  /** Left out of the list of keys: another action there has the same keys and the same meaning. */
  isUntold?: boolean;
  /** What it would be done to now: `"JL-124"`, `"3 cards"`. */
  about?: () => string | undefined;
  /** Whether it can be done now; with the event where a key asks for it. */
  isOffered?: (event?: KeyboardEvent) => boolean;
  run?: (event?: KeyboardEvent) => void;
  /** Asks what to do it with, in the palette; in place of `run`. */
  choices?: () => Choice[];
  /** The list stays open, so that several can be chosen. */
  isMultiple?: boolean;
};

type Slot = { layer: Layer; actions: readonly Action[] };
const slots = new Set<Slot>();

/** Grows with every change of what can be done, for those who show it. */
export const actionsRevision = new Observable(0);

/** Offers actions until they are withdrawn; `offer` again replaces those of before. */
export function openSlot(layer: Layer) {
  const slot: Slot = { layer, actions: [] };
  slots.add(slot);
  const told = () => actionsRevision.set(actionsRevision.get() + 1);
  return {
    offer(actions: readonly Action[]) {
      slot.actions = actions;
      told();
    },
    close() {
      slots.delete(slot);
      told();
    },
  };
}

/** What can be done in these layers, the winner of each id only: upper layers first, and in each the latest first. */
export function actionsIn(layers: readonly Layer[]): Action[] {
  const found = new Map<string, Action>();
  for (const layer of [...LAYERS].reverse()) {
    if (!layers.includes(layer)) continue;
    for (const slot of [...slots].reverse())
      if (slot.layer === layer)
        for (const action of slot.actions) if (!found.has(action.id)) found.set(action.id, action);
  }
  return [...found.values()];
}

/** The action as it is offered now: what was chosen a moment ago has changed what it knows. */
export const asOffered = (action: Action): Action =>
  actionsIn(LAYERS).find(({ id }) => id === action.id) ?? action;

/** What is open over the page: null, the palette, the palette asking for one action's choice, or the list of keys. */
export type Overlay = { kind: "palette"; action?: Action; query?: string } | { kind: "keys" };
export const overlay = new Observable<Overlay | null>(null);

export const openPalette = (query?: string) => overlay.set({ kind: "palette", query });

/** Does an action, or asks in the palette what it is to be done with. */
export function act(action: Action, event?: KeyboardEvent) {
  if (action.choices) overlay.set({ kind: "palette", action });
  else action.run?.(event);
}
