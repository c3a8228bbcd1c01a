import { useDeferredValue, useMemo } from "react";
import { useText } from "../../i18n/language";
import { useNameOf, useWorkspace } from "../../live/hooks";
import { useBoard } from "./board-context";
import { type Chip, chipsFor, counted } from "./chips";
import { hasTerm, toggled } from "./query";
import { useSummary } from "./use-summary";

export type ShownChip = { chip: Chip; name: string; count: number; isPressed: boolean; press: () => void };

/** The chips over the board, with what each counts. A function shows where it has cards here, or is asked for. */
export function useChips(): ShownChip[] {
  const { settings, terms, look, passing } = useBoard();
  const { functions } = useWorkspace();
  const text = useText();
  const nameOf = useNameOf();
  const chips = useMemo(() => chipsFor(functions), [functions]);
  const tests = useMemo(() => chips.map((chip) => counted(chip, terms, passing)), [chips, terms, passing]);
  // The cards answer to a filter first; what the chips then count follows in a moment.
  const { counts, functions: present } = useSummary(useDeferredValue(tests));
  return chips
    .map((chip, at) => ({
      chip,
      name: "word" in chip ? text(chip.word) : nameOf(chip.function),
      count: counts[at] ?? 0,
      isPressed: hasTerm(terms, chip.field, chip.value),
      press: () => look({ filter: toggled(settings.filter, chip.field, chip.value) }),
    }))
    .filter(({ chip, isPressed }) => "word" in chip || isPressed || present.has(chip.function.id));
}
