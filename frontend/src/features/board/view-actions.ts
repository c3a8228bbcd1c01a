import {
  IconArrowsSort,
  IconBookmark,
  IconBookmarks,
  IconColumns3,
  IconEye,
  IconFilter,
  IconLayoutRows,
  IconLayoutSidebarLeftCollapse,
} from "@tabler/icons-react";
import { useText } from "../../i18n/language";
import type { Action } from "../../ui/actions";
import { useActions } from "../../ui/use-actions";
import { useIsPhone } from "../../ui/use-is-phone";
import { useBoard } from "./board-context";
import type { Group } from "./groupings";
import { summarise } from "./summary";
import { useGroups } from "./use-arrangement";
import { isShown, useChipChoices } from "./use-chips";
import { useDisplay } from "./use-display";
import { useFolding } from "./use-folding";
import { useViewChoices } from "./use-view-choices";

const DISPLAY_ICONS = {
  columns: IconColumns3,
  lanes: IconLayoutRows,
  sort: IconArrowsSort,
  facts: IconEye,
} as const;

/** How the board is looked at, for the palette: what its menus, chips and heads offer, out of the same lists. */
export function ViewActions() {
  const { arrangement, set, isIn } = useBoard();
  const { columns, lanes } = useGroups();
  const { isFolded, fold } = useFolding();
  const display = useDisplay();
  const views = useViewChoices();
  const chips = useChipChoices();
  const text = useText();
  const isPhone = useIsPhone();

  // A board without a card has no bar either, but the way to the first one.
  const common = { group: "view", isOffered: () => arrangement.sumOf("all").total > 0 } as const;
  const folding = (kind: "column" | "lane", groups: Group[]) => () =>
    groups.map(({ key, name }) => {
      const isShut = isFolded(kind, key);
      return {
        id: key,
        name: text(isShut ? "board.unfold" : "board.fold", { name }),
        run: () => fold(kind, key, !isShut),
      };
    });

  const actions: Action[] = [
    ...display.map(({ id, word, options }) => ({
      ...common,
      id: `view.${id}`,
      word,
      icon: DISPLAY_ICONS[id],
      isMultiple: id === "facts",
      choices: () => options,
    })),
    {
      ...common,
      id: "view.filter",
      word: "view.do_filter",
      icon: IconFilter,
      isMultiple: true,
      choices: () => {
        const { functions } = summarise(set, isIn, []);
        return chips
          .filter((one) => isShown(one, functions))
          .map(({ chip, name, isPressed, press }) => ({
            id: `${chip.field}:${chip.value}`,
            name,
            isChosen: isPressed,
            run: press,
          }));
      },
    },
    {
      ...common,
      id: "view.open",
      word: "view.do_open",
      icon: IconBookmarks,
      choices: () =>
        views.lists.flatMap(({ title, rows }) =>
          rows.map((row) => ({ ...row, hint: title ? text(title) : undefined })),
        ),
    },
    ...views.acts.map(({ id, word, run }) => ({
      ...common,
      id: `view.${id}`,
      word,
      icon: IconBookmark,
      about: () => views.view?.name,
      run,
    })),
  ];
  if (!isPhone) {
    const icon = IconLayoutSidebarLeftCollapse;
    const word = "view.do_fold_columns";
    actions.push({
      ...common,
      id: "view.fold_columns",
      word,
      icon,
      isMultiple: true,
      choices: folding("column", columns),
    });
    if (lanes)
      actions.push({
        ...common,
        id: "view.fold_lanes",
        word: "view.do_fold_lanes",
        icon,
        isMultiple: true,
        choices: folding("lane", lanes),
      });
  }
  useActions("page", actions);
  return null;
}
