import { Button } from "@mantine/core";
import { send } from "../../../api/client";
import type { Schedule } from "../../../api/ways-types";
import type { TextKey } from "../../../i18n/catalogue";
import { useFormat } from "../../../i18n/format";
import { useLocale, useText } from "../../../i18n/language";
import { Panel } from "../../../ui/panel";
import { RefusalLine } from "../../../ui/refusal-line";
import { Tag } from "../../../ui/tag";
import { useSubmit } from "../../../ui/use-submit";
import page from "../settings-page.module.css";
import { describeRule } from "./describe-rule";

const TONES = { waiting: "plain", running: "accent", done: "good", failed: "bad" } as const;

/** What comes round: its rule, when it last ran and how that went. */
export function SchedulesPanel({
  schedules,
  onChanged,
}: {
  schedules: Schedule[];
  onChanged: () => Promise<unknown>;
}) {
  const text = useText();
  const form = useSubmit();
  const run = (row: Schedule) =>
    form.submit(async () => {
      await send("POST", `/schedules/${row.name}/run`);
      await onChanged();
    });
  return (
    <Panel title={text("work.schedules")}>
      <RefusalLine reason={form.reason} />
      <ul className={page.rows} aria-label={text("work.schedules")}>
        {schedules.map((row) => (
          <Row key={row.name} row={row} onRun={() => void run(row)} />
        ))}
      </ul>
    </Panel>
  );
}

function Row({ row, onRun }: { row: Schedule; onRun: () => void }) {
  const text = useText();
  const format = useFormat();
  const { language } = useLocale();
  const name = text(`work.job_${row.name.replace(".", "_")}` as TextKey);
  const facts = [
    describeRule(row.rule, language, text),
    row.last_run && text("work.last_run", { when: format.ago(row.last_run) }),
    text("work.next_run", { when: format.clock(row.next_run) }),
  ];
  return (
    <li>
      <span className={page.words}>
        <span>
          {name} {row.outcome && <Tag tone={TONES[row.outcome]}>{text(`work.outcome_${row.outcome}`)}</Tag>}
        </span>
        <small>{facts.filter(Boolean).join(" · ")}</small>
      </span>
      <span className={page.end}>
        <Button
          size="compact-sm"
          variant="default"
          aria-label={text("work.run_now_of", { name })}
          onClick={onRun}
        >
          {text("work.run_now")}
        </Button>
      </span>
    </li>
  );
}
