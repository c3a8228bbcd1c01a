import { Button } from "@mantine/core";
import { send } from "../../../api/client";
import type { Delivery, DeliveryState } from "../../../api/ways-types";
import { useFormat } from "../../../i18n/format";
import { useText } from "../../../i18n/language";
import { useNameOf, usePerson } from "../../../live/hooks";
import { RefusalLine } from "../../../ui/refusal-line";
import { Tag, type Tone } from "../../../ui/tag";
import { useSubmit } from "../../../ui/use-submit";
import page from "../settings-page.module.css";
import styles from "./telling.module.css";

const TONES: Record<DeliveryState, Tone> = {
  waiting: "accent",
  sent: "good",
  failed: "bad",
  dropped: "plain",
};

/** Deliveries, newest first: what became of each, and the way to send one again. */
export function DeliveryRows({
  label,
  rows,
  onChanged,
}: {
  label: string;
  rows: Delivery[];
  onChanged: () => Promise<unknown>;
}) {
  const form = useSubmit();
  const replay = (row: Delivery) =>
    form.submit(async () => {
      await send("POST", `/deliveries/${row.id}/replay`);
      await onChanged();
    });
  return (
    <>
      <RefusalLine reason={form.reason} />
      <ul className={page.rows} aria-label={label}>
        {rows.map((row) => (
          <Row key={row.id} row={row} onReplay={() => void replay(row)} />
        ))}
      </ul>
    </>
  );
}

function Row({ row, onReplay }: { row: Delivery; onReplay: () => void }) {
  const text = useText();
  const format = useFormat();
  const nameOf = useNameOf();
  const person = usePerson(row.recipient);
  const to = row.name || (person ? nameOf(person) : "");
  const what =
    row.kind === "news" ? text("telling.news", { count: row.news }) : text(`telling.kind_of_${row.kind}`);
  const when =
    row.state === "waiting"
      ? text("telling.due", { when: format.clock(row.due_at) })
      : format.ago(row.sent_at ?? row.created_at);
  return (
    <li>
      <Tag tone={TONES[row.state]}>{text(`telling.state_${row.state}`)}</Tag>
      <span className={page.words}>
        <span>{[text(`telling.way_${row.way}`), to, what].filter(Boolean).join(" · ")}</span>
        <small title={row.id}>
          {[when, row.attempts > 1 && text("telling.attempts", { count: row.attempts })]
            .filter(Boolean)
            .join(" · ")}
          {row.error && <span className={styles.trouble}> {row.error}</span>}
        </small>
      </span>
      {row.can.includes("replay") && (
        <span className={page.end}>
          <Button size="compact-sm" variant="default" onClick={onReplay}>
            {text("telling.replay")}
          </Button>
        </span>
      )}
    </li>
  );
}
