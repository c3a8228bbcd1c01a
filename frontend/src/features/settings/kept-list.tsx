import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { type ReactNode, useState } from "react";
import { send } from "../../api/client";
import type { Named } from "../../api/types";
import { useText } from "../../i18n/language";
import { useNameOf } from "../../live/hooks";
import { ConfirmDialog } from "../../ui/confirm-dialog";
import page from "../../ui/page.module.css";
import { Panel } from "../../ui/panel";
import { RefusalLine } from "../../ui/refusal-line";
import { useSubmit } from "../../ui/use-submit";
import { OrderedRow } from "./ordered-row";
import styles from "./settings-page.module.css";

type KeptListProps<Row> = {
  title: string;
  lead: string;
  add: string;
  rows: Row[];
  /** Where one row is removed and, if they have an order, moved. */
  path: (row: Row) => string;
  isOrdered?: boolean;
  removeLead: string;
  shown: (row: Row) => ReactNode;
  /** What else can be done with a row. */
  more?: (row: Row) => ReactNode;
  dialog: (row: Row | null, close: () => void) => ReactNode;
};

/** A list that administrators keep for everybody: what it is for, its rows, a dialog for each. */
export function KeptList<Row extends Named & { id: number }>(props: KeptListProps<Row>) {
  const { title, lead, add, rows, path, isOrdered, removeLead, shown, more, dialog } = props;
  const text = useText();
  const nameOf = useNameOf();
  const form = useSubmit();
  const [edited, edit] = useState<Row | "new" | null>(null);
  const [leaving, setLeaving] = useState<Row | null>(null);
  const close = () => edit(null);
  const move = (index: number, by: -1 | 1) =>
    form.submit(async () => {
      const ordered = [...rows];
      const [moved] = ordered.splice(index, 1);
      if (moved) ordered.splice(index + by, 0, moved);
      for (const [position, row] of ordered.entries())
        if (rows[position] !== row) await send("PATCH", path(row), { body: { position } });
    });
  return (
    <Panel
      title={title}
      action={
        <Button size="xs" leftSection={<IconPlus size={15} aria-hidden />} onClick={() => edit("new")}>
          {add}
        </Button>
      }
    >
      <p className={page.soft}>{lead}</p>
      <RefusalLine reason={form.reason} />
      <ul className={styles.rows}>
        {rows.map((row, index) => (
          <OrderedRow
            key={row.id}
            name={nameOf(row)}
            onEdit={() => edit(row)}
            onRemove={() => setLeaving(row)}
            onMove={isOrdered ? (by) => void move(index, by) : undefined}
            isFirst={index === 0}
            isLast={index === rows.length - 1}
            more={more?.(row)}
          >
            {shown(row)}
          </OrderedRow>
        ))}
      </ul>
      {edited && dialog(edited === "new" ? null : edited, close)}
      {leaving && (
        <ConfirmDialog
          title={text("settings.remove_title", { name: nameOf(leaving) })}
          lead={removeLead}
          action={text("action.remove")}
          isDanger
          onConfirm={() => send("DELETE", path(leaving))}
          onClose={() => setLeaving(null)}
        />
      )}
    </Panel>
  );
}
