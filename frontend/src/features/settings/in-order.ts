import type { Workflow, WorkStatus } from "../../api/types";

export const inOrder = ({ statuses }: Workflow): WorkStatus[] =>
  [...statuses].sort((a, b) => a.position - b.position || a.id - b.id);
