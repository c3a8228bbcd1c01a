import { Radio } from "@mantine/core";
import "@mantine/core/styles/InlineInput.layer.css";
import "@mantine/core/styles/Radio.layer.css";
import styles from "./role-choice.module.css";

type RoleChoiceProps<Role extends string> = {
  label: string;
  roles: { id: Role; name: string; hint: string }[];
  chosen: Role;
  onChange: (role: Role) => void;
  reason?: string;
};

/** Roles with what each of them may do: nobody should have to guess what they give away. */
export function RoleChoice<Role extends string>({
  label,
  roles,
  chosen,
  onChange,
  reason,
}: RoleChoiceProps<Role>) {
  return (
    <Radio.Group
      label={label}
      value={chosen}
      onChange={(role) => onChange(role as Role)}
      error={reason}
      className={styles.group}
    >
      {roles.map(({ id, name, hint }) => (
        <Radio key={id} value={id} label={name} description={hint} size="xs" className={styles.role} />
      ))}
    </Radio.Group>
  );
}
