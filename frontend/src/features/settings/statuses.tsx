import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { type ReactNode, useState } from "react";
import { send } from "../../api/client";
import type { Workflow, WorkStatus } from "../../api/types";
import { useText } from "../../i18n/language";
import { useNameOf } from "../../live/hooks";
import { Panel } from "../../ui/panel";
import { RefusalLine } from "../../ui/refusal-line";
import { StatusIcon } from "../../ui/status-icon";
import { useSubmit } from "../../ui/use-submit";
import { inOrder } from "./in-order";
import { OrderedRow } from "./ordered-row";
import { RemoveStatus } from "./remove-status";
import styles from "./settings-page.module.css";
import { StatusDialog } from "./status-dialog";

/** The columns of a workflow, in order. */
export function Statuses({ workflow, menu }: { workflow: Workflow; menu: ReactNode }) {
  const text = useText();
  const nameOf = useNameOf();
  const form = useSubmit();
  const [edited, edit] = useState<WorkStatus | "new" | null>(null);
  const [leaving, setLeaving] = useState<WorkStatus | null>(null);
  const rows = inOrder(workflow);
  const move = (index: number, by: -1 | 1) =>
    form.submit(async () => {
      const ordered = [...rows];
      const [moved] = ordered.splice(index, 1);
      if (moved) ordered.splice(index + by, 0, moved);
      for (const [position, row] of ordered.entries())
        if (row.position !== position) await send("PATCH", `/statuses/${row.id}`, { body: { position } });
    });
  const facts = (row: WorkStatus) =>
    [
      text(`category.${row.category}`),
      row.limit !== null &&
        text(row.limit_is_hard ? "settings.limit_hard" : "settings.limit_soft", { count: row.limit }),
    ]
      .filter(Boolean)
      .join(" · ");
  return (
    <Panel title={text("settings.statuses_of", { name: nameOf(workflow) })} action={menu}>
      <RefusalLine reason={form.reason} />
      <ul className={styles.rows}>
        {rows.map((row, index) => (
          <OrderedRow
            key={row.id}
            name={nameOf(row)}
            onEdit={() => edit(row)}
            onRemove={() => setLeaving(row)}
            onMove={(by) => void move(index, by)}
            isFirst={index === 0}
            isLast={index === rows.length - 1}
          >
            <StatusIcon category={row.category} color={row.color} size={16} />
            <span className={styles.words}>
              <span>{nameOf(row)}</span>
              <small>{facts(row)}</small>
            </span>
          </OrderedRow>
        ))}
      </ul>
      <Button
        size="compact-sm"
        variant="subtle"
        leftSection={<IconPlus size={15} aria-hidden />}
        onClick={() => edit("new")}
      >
        {text("settings.add_status")}
      </Button>
      {edited && (
        <StatusDialog
          workflow={workflow}
          status={edited === "new" ? null : edited}
          onClose={() => edit(null)}
        />
      )}
      {leaving && <RemoveStatus workflow={workflow} status={leaving} onClose={() => setLeaving(null)} />}
    </Panel>
  );
}
