import { ActionIcon, Menu } from "@mantine/core";
import { IconDots } from "@tabler/icons-react";
import { useState } from "react";
import { send } from "../../api/client";
import type { Account, TeamMember } from "../../api/types";
import { useText } from "../../i18n/language";
import { useNameOf, usePerson } from "../../live/hooks";
import { useRefresh } from "../../live/query-hooks";
import { Avatar } from "../../ui/avatar";
import { ConfirmDialog } from "../../ui/confirm-dialog";
import styles from "./team.module.css";

export function MemberRow({
  account,
  member,
  onEdit,
}: {
  account: Account;
  member: TeamMember;
  onEdit?: () => void;
}) {
  const text = useText();
  const nameOf = useNameOf();
  const refresh = useRefresh();
  const [isLeaving, setLeaving] = useState(false);
  const person = usePerson(member.person);
  const name = person ? nameOf(person) : text("person.unknown");
  const remove = async () => {
    await send("DELETE", `/accounts/${account.id}/team/${member.person}`);
    await refresh("account", "accounts");
  };
  return (
    <li className={styles.member}>
      <Avatar person={person} size="medium" isNamed />
      <span className={styles.words}>
        <span>{name}</span>
        <small>
          {text(member.person === account.owner ? "account.role_owner" : `account.role_${member.role}`)}
        </small>
      </span>
      {onEdit && (
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon
              variant="subtle"
              color="gray"
              size="sm"
              aria-label={text("account.manage_person", { name })}
            >
              <IconDots size={15} aria-hidden />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={onEdit}>{text("account.change_role")}</Menu.Item>
            <Menu.Item color="red" onClick={() => setLeaving(true)}>
              {text("account.take_off")}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      )}
      {isLeaving && (
        <ConfirmDialog
          title={text("account.take_off_title", { name })}
          lead={text("account.take_off_lead")}
          action={text("account.take_off")}
          isDanger
          onConfirm={remove}
          onClose={() => setLeaving(false)}
        />
      )}
    </li>
  );
}
