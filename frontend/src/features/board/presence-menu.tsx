import { Menu } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { ComponentProps } from "react";
import type { Person } from "../../api/types";
import { useText } from "../../i18n/language";
import { useNameOf } from "../../live/hooks";
import { Avatar } from "../../ui/avatar";
import styles from "./presence.module.css";
import { PresenceButton } from "./presence-button";

/** Who is on this board, by name; it comes with the first click. */
export function PresenceMenu(props: ComponentProps<typeof PresenceButton> & { others: Person[] }) {
  const text = useText();
  const nameOf = useNameOf();
  return (
    <Menu defaultOpened position="bottom-end" withinPortal>
      <Menu.Target>
        <PresenceButton {...props} />
      </Menu.Target>
      <Menu.Dropdown className={styles.long}>
        <Menu.Label>{text("board.here_now")}</Menu.Label>
        {props.others.map((person) => (
          <Menu.Item
            key={person.id}
            leftSection={<Avatar person={person} isNamed />}
            renderRoot={(root) => <Link to="/people/$id" params={{ id: String(person.id) }} {...root} />}
          >
            {nameOf(person)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
