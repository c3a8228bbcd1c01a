import { announce } from "@atlaskit/pragmatic-drag-and-drop-live-region";
import { IconCheckbox, IconChecks, IconX } from "@tabler/icons-react";
import { useText } from "../../i18n/language";
import type { Action } from "../../ui/actions";
import { useActions } from "../../ui/use-actions";
import { cellOf } from "./arrangement";
import { useBoard } from "./board-context";
import { useGroups } from "./use-arrangement";
import { cardUnder } from "./use-board-actions";
import { useChosen } from "./use-chosen";
import { useMoveAll } from "./use-move-all";

/** Choosing cards with keys, and moving the chosen ones with them. */
export function useSelectionActions() {
  const { set, view, arrangement, mayWork } = useBoard();
  const { columns } = useGroups();
  const { beside, inOrder } = useChosen();
  const { refusalsOfAll, moveAll } = useMoveAll();
  const text = useText();
  const { selection } = view;

  const subject = (event?: KeyboardEvent) => {
    const id = cardUnder(event, view.focused.get());
    return id !== null && set.card(id) ? id : null;
  };
  const isOffered = (event?: KeyboardEvent) => {
    const card = set.card(subject(event) ?? 0);
    return card !== undefined && mayWork(card);
  };
  const isSeveral = () => selection.size > 1;
  const say = () => announce(text("select.said", { count: selection.size }));
  const onCard = (act: (id: number, event?: KeyboardEvent) => void) => (event?: KeyboardEvent) => {
    const id = subject(event);
    if (id === null) return;
    act(id, event);
    say();
  };

  function extend(id: number, event?: KeyboardEvent) {
    const seen = beside(id);
    const next = seen[seen.indexOf(id) + (event?.key === "ArrowUp" ? -1 : 1)];
    selection.extendTo(next ?? id, seen, id);
    if (next !== undefined) view.focus(next);
  }

  /** The chosen ones to the next column that takes them all, or past the next card of theirs. */
  function carry(event?: KeyboardEvent) {
    const ids = inOrder(selection.ids.get());
    const first = arrangement.placeOf(ids[0] ?? 0);
    if (!first) return;
    const { column, lane } = first;
    const by = event?.key === "ArrowLeft" || event?.key === "ArrowUp" ? -1 : 1;
    if (event?.key === "ArrowLeft" || event?.key === "ArrowRight") {
      const refusals = refusalsOfAll(ids).columns;
      let at = columns.findIndex(({ key }) => key === column) + by;
      while (columns[at] && refusals.has(columns[at]?.key ?? "")) at += by;
      const target = columns[at]?.key;
      const end = target === undefined ? undefined : arrangement.cell(cellOf(target, lane)).at(-1);
      if (target !== undefined) moveAll(ids, { column: target, lane }, { after: end ?? null, before: null });
      return;
    }
    const seen = arrangement.cell(first.cell);
    const others = seen.filter((id) => !selection.has(id));
    const index = Math.max(0, Math.min(seen.indexOf(ids[0] ?? 0) + by, others.length));
    moveAll(ids, { column, lane }, { after: others[index - 1] ?? null, before: others[index] ?? null });
  }

  const actions: Action[] = [
    {
      id: "select.toggle",
      group: "card",
      word: "select.toggle",
      icon: IconCheckbox,
      keys: ["x"],
      isOffered,
      run: onCard((id) => selection.toggle(id)),
    },
    {
      id: "select.more",
      group: "card",
      word: "select.more",
      keys: ["Shift+ArrowUp", "Shift+ArrowDown"],
      isKeyOnly: true,
      isOffered,
      run: onCard(extend),
    },
    {
      id: "select.all",
      group: "board",
      word: "select.all",
      icon: IconChecks,
      keys: ["Mod+a"],
      isOffered,
      run: onCard((id) => selection.toggleAll(beside(id).filter((one) => one > 0))),
    },
    {
      id: "select.carry",
      group: "card",
      word: "keys.move",
      keys: ["Alt+ArrowUp", "Alt+ArrowDown", "Alt+ArrowLeft", "Alt+ArrowRight"],
      isKeyOnly: true,
      isUntold: true,
      isOffered: isSeveral,
      run: carry,
    },
    {
      id: "select.clear",
      group: "board",
      word: "select.clear",
      icon: IconX,
      keys: ["Escape"],
      isOffered: () => selection.size > 0,
      run: () => selection.clear(),
    },
  ];
  useActions("page", actions);
}
