import { useDeferredValue, useMemo } from "react";
import { useText } from "../../i18n/language";
import { useNameOf, useWorkspace } from "../../live/hooks";
import { useBoard } from "./board-context";
import { type Chip, chipsFor, counted } from "./chips";
import { hasTerm, toggled } from "./query";
import { useSummary } from "./use-summary";

export type ChipChoice = { chip: Chip; name: string; isPressed: boolean; press: () => void };
export type ShownChip = ChipChoice & { count: number };

/** A function is offered where it has cards, or is asked for. */
export const isShown = ({ chip, isPressed }: ChipChoice, present: ReadonlySet<number>) =>
  "word" in chip || isPressed || present.has(chip.function.id);

/** All chips there are: over the board, and in the palette. */
export function useChipChoices(): ChipChoice[] {
  const { settings, terms, look } = useBoard();
  const { functions } = useWorkspace();
  const text = useText();
  const nameOf = useNameOf();
  return chipsFor(functions).map((chip) => ({
    chip,
    name: "word" in chip ? text(chip.word) : nameOf(chip.function),
    isPressed: hasTerm(terms, chip.field, chip.value),
    press: () => look({ filter: toggled(settings.filter, chip.field, chip.value) }),
  }));
}

/** The chips over the board, with what each counts. */
export function useChips(): ShownChip[] {
  const { terms, passing } = useBoard();
  const { functions } = useWorkspace();
  const choices = useChipChoices();
  const tests = useMemo(
    () => chipsFor(functions).map((chip) => counted(chip, terms, passing)),
    [functions, terms, passing],
  );
  // The cards answer to a filter first; what the chips then count follows in a moment.
  const { counts, functions: present } = useSummary(useDeferredValue(tests));
  return choices
    .map((choice, at) => ({ ...choice, count: counts[at] ?? 0 }))
    .filter((choice) => isShown(choice, present));
}
