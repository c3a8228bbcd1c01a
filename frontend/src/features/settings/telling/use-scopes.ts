import { useNameOf } from "../../../live/hooks";
import { useAccounts, useProjects } from "../../../live/query-hooks";

/** The accounts and initiatives that one sees, as the server names them. */
export function useScopes(): { id: string; name: string; also: string }[] {
  const nameOf = useNameOf();
  const accounts = useAccounts().data ?? [];
  const projects = useProjects().data ?? [];
  return [
    ...accounts.map((row) => ({ id: `account:${row.id}`, name: nameOf(row), also: row.code })),
    ...projects.map((row) => ({
      id: `project:${row.id}`,
      name: `${row.key} ${nameOf(row)}`,
      also: row.name,
    })),
  ];
}
