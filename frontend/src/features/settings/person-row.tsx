import { ActionIcon, Menu } from "@mantine/core";
import { IconDots } from "@tabler/icons-react";
import { send } from "../../api/client";
import type { Person } from "../../api/types";
import { useText } from "../../i18n/language";
import { useFunction, useNameOf } from "../../live/hooks";
import { Avatar } from "../../ui/avatar";
import { FunctionBadge } from "../../ui/function-badge";
import page from "../../ui/page.module.css";
import { Tag } from "../../ui/tag";
import { useSubmit } from "../../ui/use-submit";
import styles from "./settings-page.module.css";

type PersonRowProps = { person: Person; onEdit: () => void; onDeactivate: () => void };

export function PersonRow({ person, onEdit, onDeactivate }: PersonRowProps) {
  const text = useText();
  const nameOf = useNameOf();
  const work = useFunction(person.function);
  const form = useSubmit();
  const name = nameOf(person);
  const other = person.name === name ? person.name_zh : person.name;
  return (
    <li className={person.is_active ? "" : page.soft}>
      <Avatar person={person} size="medium" isNamed />
      <span className={styles.words}>
        <span className={page.wrap}>
          {name}
          {other && <span className={page.small}>{other}</span>}
          {!person.is_active && <Tag>{text("settings.deactivated")}</Tag>}
          {person.is_administrator && <Tag tone="accent">{text("settings.administrator")}</Tag>}
          {person.is_overseer && <Tag>{text("settings.overseer")}</Tag>}
          {person.is_guest && <Tag>{text("settings.guest")}</Tag>}
        </span>
        <small>{form.reason || person.email}</small>
      </span>
      <span className={`${styles.end} ${styles.below}`}>
        {work && <FunctionBadge of={work} />}
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon variant="subtle" color="gray" aria-label={text("settings.manage", { name })}>
              <IconDots size={16} aria-hidden />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={onEdit}>{text("action.edit")}</Menu.Item>
            {person.is_active ? (
              <Menu.Item color="red" onClick={onDeactivate}>
                {text("settings.deactivate")}
              </Menu.Item>
            ) : (
              <Menu.Item
                onClick={() => void form.submit(() => send("POST", `/people/${person.id}/activate`))}
              >
                {text("settings.activate")}
              </Menu.Item>
            )}
          </Menu.Dropdown>
        </Menu>
      </span>
    </li>
  );
}
