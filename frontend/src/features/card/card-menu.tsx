import { ActionIcon, Menu } from "@mantine/core";
import {
  IconArchive,
  IconArrowRight,
  IconCopy,
  IconDots,
  IconTransfer,
  IconTrash,
} from "@tabler/icons-react";
import { useState } from "react";
import { useText } from "../../i18n/language";
import { archiveTask, deleteTask } from "../../live/commands";
import { useActions } from "../../ui/use-actions";
import { useCard } from "./card-context";
import { Duplicate } from "./duplicate";
import { HandOver } from "./hand-over";
import { MoveElsewhere } from "./move-elsewhere";

/** What is done to a card now and then. */
export function CardMenu({ onGone }: { onGone: () => void }) {
  const { store, task, canWork, canManage } = useCard();
  const text = useText();
  const [asked, ask] = useState<"duplicate" | "move" | "hand over" | null>(null);
  // Nothing is asked: what was deleted is brought back by undo, for a month.
  const remove = () => {
    deleteTask(store, task.id);
    onGone();
  };
  const common = { group: "card", about: () => task.key } as const;
  const whileWorking = { ...common, isOffered: () => canWork };
  useActions("sheet", [
    {
      ...common,
      id: "sheet.hand_over",
      word: "card.hand_over",
      icon: IconTransfer,
      keys: ["h"],
      isOffered: () => canWork && task.waits === null,
      run: () => ask("hand over"),
    },
    {
      ...whileWorking,
      id: "sheet.duplicate",
      word: "card.duplicate_ask",
      icon: IconCopy,
      run: () => ask("duplicate"),
    },
    {
      ...whileWorking,
      id: "sheet.move",
      word: "card.move_elsewhere",
      icon: IconArrowRight,
      run: () => ask("move"),
    },
    {
      ...whileWorking,
      id: "cards.archive",
      word: "card.archive",
      icon: IconArchive,
      keys: ["e"],
      run: () => archiveTask(store, task.id),
    },
    {
      ...common,
      id: "sheet.delete",
      word: "card.delete",
      icon: IconTrash,
      isOffered: () => canManage,
      run: remove,
    },
  ]);
  if (!canWork && !canManage) return null;
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" aria-label={text("action.more")}>
            <IconDots size={18} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {canWork && task.waits === null && (
            <Menu.Item
              leftSection={<IconTransfer size={16} stroke={1.7} aria-hidden />}
              onClick={() => ask("hand over")}
            >
              {text("card.hand_over")}
            </Menu.Item>
          )}
          {canWork && (
            <Menu.Item
              leftSection={<IconCopy size={16} stroke={1.7} aria-hidden />}
              onClick={() => ask("duplicate")}
            >
              {text("card.duplicate_ask")}
            </Menu.Item>
          )}
          {canWork && (
            <Menu.Item
              leftSection={<IconArrowRight size={16} stroke={1.7} aria-hidden />}
              onClick={() => ask("move")}
            >
              {text("card.move_elsewhere")}
            </Menu.Item>
          )}
          {canWork && (
            <Menu.Item
              leftSection={<IconArchive size={16} stroke={1.7} aria-hidden />}
              onClick={() => archiveTask(store, task.id)}
            >
              {text("card.archive")}
            </Menu.Item>
          )}
          {canManage && (
            <Menu.Item
              color="red"
              leftSection={<IconTrash size={16} stroke={1.7} aria-hidden />}
              onClick={remove}
            >
              {text("card.delete")}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      {asked === "duplicate" && <Duplicate onClose={() => ask(null)} />}
      {asked === "hand over" && <HandOver onClose={() => ask(null)} />}
      {asked === "move" && <MoveElsewhere onClose={() => ask(null)} />}
    </>
  );
}
