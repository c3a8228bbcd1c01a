import { ActionIcon, Menu } from "@mantine/core";
import { IconArrowDown, IconArrowUp, IconDots, IconLayoutKanban, IconTrash } from "@tabler/icons-react";
import { useState } from "react";
import type { ChecklistItem, Task } from "../../api/types";
import { useText } from "../../i18n/language";
import { moveItem, removeItem } from "../../live/card-commands";
import { sendDeed } from "../../live/sent-deeds";
import { RefusalLine } from "../../ui/refusal-line";
import { useSubmit } from "../../ui/use-submit";
import { useCard } from "./card-context";
import styles from "./checklist.module.css";

/** What can be done with a line of the checklist, without dragging too. */
export function LineMenu({ item, index }: { item: ChecklistItem; index: number }) {
  const { store, task } = useCard();
  const text = useText();
  const form = useSubmit();
  const [isOpen, setOpen] = useState(false);
  const makeCard = () =>
    form.submit(() => sendDeed<Task>("create", (made) => made, "POST", `/checklist/${item.id}/card`));
  return (
    <>
      <RefusalLine reason={form.reason} />
      <Menu position="bottom-end" opened={isOpen} onChange={setOpen}>
        <Menu.Target>
          <ActionIcon
            size="sm"
            variant="subtle"
            color="gray"
            loading={form.isBusy}
            className={styles.remove}
            data-open={isOpen || undefined}
            aria-label={text("card.item_menu", { item: item.text })}
          >
            <IconDots size={15} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconLayoutKanban size={15} aria-hidden />} onClick={() => void makeCard()}>
            {text("card.item_to_card")}
          </Menu.Item>
          <Menu.Item
            leftSection={<IconArrowUp size={15} aria-hidden />}
            disabled={index === 0}
            onClick={() => moveItem(store, task, item, index - 1)}
          >
            {text("card.item_up")}
          </Menu.Item>
          <Menu.Item
            leftSection={<IconArrowDown size={15} aria-hidden />}
            disabled={index === task.checklist.length - 1}
            onClick={() => moveItem(store, task, item, index + 1)}
          >
            {text("card.item_down")}
          </Menu.Item>
          <Menu.Item
            color="red"
            leftSection={<IconTrash size={15} aria-hidden />}
            onClick={() => removeItem(store, task, item)}
          >
            {text("action.remove")}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </>
  );
}
