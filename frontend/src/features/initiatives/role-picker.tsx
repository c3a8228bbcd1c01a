import type { ProjectRole } from "../../api/types";
import { useText } from "../../i18n/language";
import { Picker } from "../../ui/picker";
import { Tag } from "../../ui/tag";

const ROLES: readonly ProjectRole[] = ["manager", "member", "commenter", "viewer", "guest"];

type RolePickerProps = {
  label: string;
  role: ProjectRole;
  /** A guest of the workspace can only be a guest here. */
  isGuest?: boolean;
  canChange: boolean;
  onChange: (role: ProjectRole | null) => void;
};

/** A role with what it allows, and the way out. */
export function RolePicker({ label, role, isGuest = false, canChange, onChange }: RolePickerProps) {
  const text = useText();
  if (!canChange) return <Tag>{text(`initiatives.role_${role}`)}</Tag>;
  return (
    <Picker
      label={label}
      choices={ROLES.filter((id) => !isGuest || id === "guest").map((id) => ({
        id,
        name: text(`initiatives.role_${id}`),
        hint: text(`initiatives.role_${id}_hint`),
      }))}
      chosen={[role]}
      none={text("initiatives.role_none")}
      onChange={([next]) => onChange((next as ProjectRole) ?? null)}
    >
      <Tag>{text(`initiatives.role_${role}`)}</Tag>
    </Picker>
  );
}
