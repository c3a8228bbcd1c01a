import { Button } from "@mantine/core";
import { useState } from "react";
import { send } from "../../../api/client";
import type { Hook } from "../../../api/ways-types";
import { useFormat } from "../../../i18n/format";
import { useText } from "../../../i18n/language";
import { ConfirmDialog } from "../../../ui/confirm-dialog";
import { RefusalLine } from "../../../ui/refusal-line";
import { Tag } from "../../../ui/tag";
import { useSubmit } from "../../../ui/use-submit";
import page from "../settings-page.module.css";
import { HookDialog } from "./hook-dialog";
import { HookLog } from "./hook-log";
import styles from "./telling.module.css";

/** One hook: where it leads, how it fares, and what can be done with it. */
export function HookRow({ hook, onChanged }: { hook: Hook; onChanged: () => Promise<unknown> }) {
  const text = useText();
  const form = useSubmit();
  const [open, setOpen] = useState<"edit" | "remove" | "log" | null>(null);
  const close = () => setOpen(null);
  const test = () =>
    form.submit(async () => {
      await send("POST", `/hooks/${hook.id}/test`);
      setOpen("log");
    });
  return (
    <>
      <li className={styles.hook}>
        <span className={page.words}>
          <span>
            {hook.name} <Tag>{text(`telling.kind_${hook.kind}`)}</Tag>{" "}
            {!hook.is_on && <Tag tone="warn">{text("telling.off")}</Tag>}
          </span>
          <Fares hook={hook} />
        </span>
        <span className={page.end}>
          <Button size="compact-sm" variant="default" loading={form.isBusy} onClick={() => void test()}>
            {text("telling.test")}
          </Button>
          <Button
            size="compact-sm"
            variant="default"
            aria-expanded={open === "log"}
            onClick={() => setOpen(open === "log" ? null : "log")}
          >
            {text("telling.log")}
          </Button>
          <Button size="compact-sm" variant="default" onClick={() => setOpen("edit")}>
            {text("action.edit")}
          </Button>
          <Button size="compact-sm" variant="default" onClick={() => setOpen("remove")}>
            {text("action.remove")}
          </Button>
        </span>
      </li>
      <RefusalLine reason={form.reason} />
      {open === "log" && <HookLog hook={hook} />}
      {open === "edit" && <HookDialog hook={hook} scope={hook.scope} onDone={onChanged} onClose={close} />}
      {open === "remove" && (
        <ConfirmDialog
          title={text("telling.hook_remove", { name: hook.name })}
          lead={text("telling.hook_remove_lead")}
          action={text("action.remove")}
          isDanger
          onConfirm={async () => {
            await send("DELETE", `/hooks/${hook.id}`);
            await onChanged();
          }}
          onClose={close}
        />
      )}
    </>
  );
}

function Fares({ hook }: { hook: Hook }) {
  const text = useText();
  const format = useFormat();
  const { rests_until, error, last_sent, failures } = hook;
  if (rests_until && failures > 0 && Date.parse(rests_until) > Date.now())
    return (
      <small className={styles.trouble}>
        {text("telling.rests", { when: format.clock(rests_until), error })}
      </small>
    );
  if (failures > 0) return <small className={styles.trouble}>{text("telling.failing", { error })}</small>;
  return (
    <small>
      {hook.host} ·{" "}
      {last_sent ? text("telling.last_sent", { when: format.ago(last_sent) }) : text("telling.never_sent")}
    </small>
  );
}
