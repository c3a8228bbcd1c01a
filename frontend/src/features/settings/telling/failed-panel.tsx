import { Button } from "@mantine/core";
import { send } from "../../../api/client";
import type { BackgroundWork } from "../../../api/ways-types";
import { useFormat } from "../../../i18n/format";
import { useText } from "../../../i18n/language";
import pages from "../../../ui/page.module.css";
import { Panel } from "../../../ui/panel";
import { RefusalLine } from "../../../ui/refusal-line";
import { useSubmit } from "../../../ui/use-submit";
import page from "../settings-page.module.css";
import styles from "./telling.module.css";

type Trouble = { id: string; path: string; name: string; aside: string; error: string; trace: string };

/** What failed as often as it is tried, and events that a follower could not take: both can be tried again. */
export function FailedPanel({
  work,
  onChanged,
}: {
  work: BackgroundWork;
  onChanged: () => Promise<unknown>;
}) {
  const text = useText();
  const format = useFormat();
  const failures = work.failures.map((row) => ({
    id: row.id,
    path: `/background-work/${row.id}/replay`,
    name: row.task,
    aside: `${text("work.tries", { count: row.tries })}${row.at ? ` · ${format.ago(row.at)}` : ""}`,
    error: row.error,
    trace: row.trace,
  }));
  const stumbles = work.stumbles.map((row) => ({
    id: String(row.id),
    path: `/stumbles/${row.id}/replay`,
    name: `${row.follower} · ${row.type}`,
    aside: `${row.event} · ${format.ago(row.at)}`,
    error: row.error,
    trace: row.trace,
  }));
  return (
    <>
      <Panel title={text("work.failures")} aside={failures.length || undefined}>
        <Troubles rows={failures} none={text("work.failures_none")} onChanged={onChanged} />
      </Panel>
      <Panel title={text("work.stumbles")} aside={stumbles.length || undefined}>
        <Troubles rows={stumbles} none={text("work.stumbles_none")} onChanged={onChanged} />
      </Panel>
    </>
  );
}

function Troubles({
  rows,
  none,
  onChanged,
}: {
  rows: Trouble[];
  none: string;
  onChanged: () => Promise<unknown>;
}) {
  const text = useText();
  const form = useSubmit();
  const replay = (row: Trouble) =>
    form.submit(async () => {
      await send("POST", row.path);
      await onChanged();
    });
  if (rows.length === 0) return <p className={pages.soft}>{none}</p>;
  return (
    <>
      <RefusalLine reason={form.reason} />
      {rows.map((row) => (
        <article key={row.id} className={styles.failure}>
          <div className={pages.line}>
            <span className={page.words}>
              <b>{row.name}</b>
              <small>{row.aside}</small>
              <small className={styles.trouble}>{row.error}</small>
            </span>
            <span className={page.end}>
              <Button
                size="compact-sm"
                variant="default"
                aria-label={text("work.replay_of", { name: row.name })}
                onClick={() => void replay(row)}
              >
                {text("work.replay")}
              </Button>
            </span>
          </div>
          <details>
            <summary>{text("work.trace")}</summary>
            <pre className={styles.trace}>{row.trace}</pre>
          </details>
        </article>
      ))}
    </>
  );
}
