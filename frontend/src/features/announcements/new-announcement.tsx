import { Checkbox, Textarea, TextInput } from "@mantine/core";
import "@mantine/core/styles/InlineInput.layer.css";
import "@mantine/core/styles/Checkbox.layer.css";
import { useState } from "react";
import { send } from "../../api/client";
import { useText } from "../../i18n/language";
import { FormDialog } from "../../ui/form-dialog";
import { useSubmit } from "../../ui/use-submit";
import type { Place } from "./use-announcements";

type Props = { place: Place; onDone: () => Promise<unknown>; onClose: () => void };

/** Tells everybody who takes part, and asks them to confirm that they have read it. */
export function NewAnnouncement({ place, onDone, onClose }: Props) {
  const text = useText();
  const form = useSubmit(["title", "body"]);
  const [title, setTitle] = useState("");
  const [body, setBody] = useState("");
  const [asks, setAsks] = useState(true);
  const announce = () =>
    form.submit(async () => {
      await send("POST", `/${place.kind}s/${place.id}/announcements`, { body: { title, body, asks } });
      onClose();
      await onDone();
    });
  return (
    <FormDialog
      title={text("announcements.new_title")}
      lead={text(`announcements.new_lead_${place.kind}`)}
      submit={text("announcements.announce")}
      isBusy={form.isBusy}
      reason={form.reason}
      onSubmit={() => void announce()}
      onClose={onClose}
    >
      <TextInput
        label={text("announcements.what")}
        value={title}
        maxLength={160}
        required
        error={form.reasonOf("title")}
        onChange={(event) => setTitle(event.currentTarget.value)}
        data-autofocus
      />
      <Textarea
        label={text("announcements.more")}
        description={text("forms.markdown_hint")}
        value={body}
        maxLength={20_000}
        autosize
        minRows={4}
        maxRows={14}
        error={form.reasonOf("body")}
        onChange={(event) => setBody(event.currentTarget.value)}
      />
      <Checkbox
        label={text("announcements.asks")}
        checked={asks}
        onChange={(event) => setAsks(event.currentTarget.checked)}
      />
    </FormDialog>
  );
}
