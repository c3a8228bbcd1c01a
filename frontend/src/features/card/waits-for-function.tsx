import { Button, Textarea } from "@mantine/core";
import { IconTransfer } from "@tabler/icons-react";
import { useState } from "react";
import type { HandOver } from "../../api/types";
import { useFormat } from "../../i18n/format";
import { useText } from "../../i18n/language";
import { useNameOf, useWorkspace } from "../../live/hooks";
import { sendDeed } from "../../live/sent-deeds";
import { FormDialog } from "../../ui/form-dialog";
import { RefusalLine } from "../../ui/refusal-line";
import { useSubmit } from "../../ui/use-submit";
import { useCard } from "./card-context";
import styles from "./hand-over.module.css";

/** Another function was asked to take the card up: by whom, why, until when, and what one may answer. */
export function WaitsForFunction() {
  const { task, me, canWork, canManage } = useCard();
  const text = useText();
  const format = useFormat();
  const nameOf = useNameOf();
  const { people, functions } = useWorkspace();
  const form = useSubmit();
  const [isReturning, setReturning] = useState(false);
  const asked = task.handover;
  if (!asked) return null;
  const person = people.get(asked.asked_by);
  const to = functions.get(asked.to_function ?? 0);
  const name = person ? nameOf(person) : text("person.unknown");
  const isLate = asked.answer_by !== null && Date.parse(asked.answer_by) < Date.now();
  const mayAnswer = canWork && (canManage || (me.function !== null && me.function === asked.to_function));
  const mayWithdraw = canWork && (canManage || asked.asked_by === me.id);
  const say = (what: "accept" | "withdraw") =>
    void form.submit(() => sendDeed("handover", task, "POST", `/handovers/${asked.id}/${what}`));
  return (
    <section className={styles.waits} aria-label={text("card.hand_over_open")}>
      <p className={styles.head}>
        <IconTransfer size={16} stroke={1.7} aria-hidden />
        <strong>
          {text("card.hand_over_waits", { name, function: to ? nameOf(to) : text("function.none") })}
        </strong>
        <time className={styles.since} dateTime={asked.asked_at} title={format.fullMoment(asked.asked_at)}>
          {format.ago(asked.asked_at)}
        </time>
      </p>
      {asked.note && <p className={styles.note}>{asked.note}</p>}
      {asked.answer_by && (
        <p className={`${styles.by} ${isLate ? styles.late : ""}`}>
          {text(isLate ? "card.hand_over_late" : "card.hand_over_by_when", {
            when: format.moment(asked.answer_by),
          })}
        </p>
      )}
      {(mayAnswer || mayWithdraw) && (
        <div className={styles.buttons}>
          {mayAnswer && (
            <Button size="compact-sm" loading={form.isBusy} onClick={() => say("accept")}>
              {text("card.hand_over_accept")}
            </Button>
          )}
          {mayAnswer && (
            <Button size="compact-sm" variant="default" onClick={() => setReturning(true)}>
              {text("card.hand_over_return")}
            </Button>
          )}
          {mayWithdraw && (
            <Button size="compact-sm" variant="subtle" color="gray" onClick={() => say("withdraw")}>
              {text("card.hand_over_withdraw")}
            </Button>
          )}
        </div>
      )}
      <RefusalLine reason={form.reason} />
      {isReturning && <ReturnIt asked={asked} name={name} onClose={() => setReturning(false)} />}
    </section>
  );
}

function ReturnIt({ asked, name, onClose }: { asked: HandOver; name: string; onClose: () => void }) {
  const { task } = useCard();
  const text = useText();
  const form = useSubmit(["reason"]);
  const [reason, setReason] = useState("");
  const giveBack = () =>
    form.submit(async () => {
      await sendDeed("handover", task, "POST", `/handovers/${asked.id}/return`, { body: { reason } });
      onClose();
    });
  return (
    <FormDialog
      title={text("card.hand_over_return_title", { key: task.key })}
      lead={text("card.hand_over_return_lead", { name })}
      submit={text("card.hand_over_return_send")}
      isBusy={form.isBusy}
      reason={form.reason}
      onSubmit={() => void giveBack()}
      onClose={onClose}
    >
      <Textarea
        label={text("card.hand_over_reason")}
        value={reason}
        maxLength={2000}
        autosize
        required
        minRows={3}
        maxRows={10}
        error={form.reasonOf("reason")}
        onChange={(event) => setReason(event.currentTarget.value)}
        data-autofocus
      />
    </FormDialog>
  );
}
