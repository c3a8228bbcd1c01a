import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { get, send } from "../../../api/client";
import type { BrowserRow, Browsers } from "../../../api/ways-types";
import { useFormat } from "../../../i18n/format";
import { useText } from "../../../i18n/language";
import { Panel } from "../../../ui/panel";
import { RefusalLine } from "../../../ui/refusal-line";
import { Tag } from "../../../ui/tag";
import { useSubmit } from "../../../ui/use-submit";
import { describeAgent } from "../describe-agent";
import page from "../settings-page.module.css";
import styles from "./telling.module.css";
import { pushState, startPush, stopPush, subscribedEndpoint } from "./this-browser";

/** The browsers that show messages while Accord is closed: this one, and one's others. */
export function BrowsersPanel() {
  const text = useText();
  const form = useSubmit();
  const [said, say] = useState("");
  const list = useQuery({ queryKey: ["browsers"], queryFn: () => get<Browsers>("/me/browsers") });
  const here = useQuery({ queryKey: ["browsers", "here"], queryFn: subscribedEndpoint });
  const state = pushState();
  const rows = list.data?.items ?? [];
  const isOn = rows.some(({ endpoint }) => endpoint === here.data);
  const again = () => Promise.all([list.refetch(), here.refetch()]);

  const start = () =>
    form.submit(async () => {
      try {
        await startPush(list.data?.public_key ?? "");
      } catch (error) {
        if (!(error instanceof DOMException)) throw error;
        form.refuse(text("telling.push_failed"));
        return;
      }
      await again();
    });
  const remove = (row: BrowserRow) =>
    form.submit(async () => {
      await send("DELETE", `/me/browsers/${row.id}`);
      if (row.endpoint === here.data) await stopPush();
      await again();
    });
  const test = (row: BrowserRow) =>
    form.submit(async () => {
      await send("POST", `/me/browsers/${row.id}/test`);
      say(text("telling.test_sent"));
    });

  return (
    <Panel title={text("telling.browsers")}>
      <p className={styles.lead}>{text("telling.browsers_lead")}</p>
      {state === "ready" && !isOn && list.data && (
        <Button variant="default" loading={form.isBusy} onClick={() => void start()}>
          {text("telling.push_on")}
        </Button>
      )}
      {state === "denied" && <p className={styles.note}>{text("telling.push_denied")}</p>}
      {state === "insecure" && <p className={styles.note}>{text("telling.push_secure")}</p>}
      {state === "unsupported" && <p className={styles.note}>{text("telling.push_unsupported")}</p>}
      <ul className={page.rows}>
        {rows.map((row) => (
          <Row
            key={row.id}
            row={row}
            isHere={row.endpoint === here.data}
            onTest={() => void test(row)}
            onRemove={() => void remove(row)}
          />
        ))}
      </ul>
      <p role="status" className={page.saved}>
        {said}
      </p>
      <RefusalLine reason={form.reason} />
    </Panel>
  );
}

function Row({
  row,
  isHere,
  onTest,
  onRemove,
}: {
  row: BrowserRow;
  isHere: boolean;
  onTest: () => void;
  onRemove: () => void;
}) {
  const text = useText();
  const format = useFormat();
  const name = describeAgent(row.agent).name || text("settings.unknown_device");
  return (
    <li>
      <span className={page.words}>
        <span>
          {name} {isHere && <Tag tone="good">{text("telling.push_here")}</Tag>}
        </span>
        <small>{text("telling.since", { date: format.date(row.created_at.slice(0, 10)) })}</small>
      </span>
      <span className={page.end}>
        <Button
          size="compact-sm"
          variant="default"
          aria-label={text("telling.test_of", { name })}
          onClick={onTest}
        >
          {text("telling.test")}
        </Button>
        <Button
          size="compact-sm"
          variant="default"
          aria-label={text("telling.remove_browser", { name })}
          onClick={onRemove}
        >
          {text("action.remove")}
        </Button>
      </span>
    </li>
  );
}
