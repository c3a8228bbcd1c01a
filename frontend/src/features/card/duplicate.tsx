import { Checkbox, TextInput } from "@mantine/core";
import "@mantine/core/styles/InlineInput.layer.css";
import "@mantine/core/styles/Checkbox.layer.css";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import type { Task } from "../../api/types";
import { useText } from "../../i18n/language";
import { sendDeed } from "../../live/sent-deeds";
import { FormDialog } from "../../ui/form-dialog";
import { useSubmit } from "../../ui/use-submit";
import { useCard } from "./card-context";
import styles from "./duplicate.module.css";

const PARTS = ["people", "dates", "labels", "links", "checklist", "files"] as const;
type Part = (typeof PARTS)[number];

/** Makes a card like this one, with what is chosen, and goes there. */
export function Duplicate({ onClose }: { onClose: () => void }) {
  const { task, project, files } = useCard();
  const text = useText();
  const navigate = useNavigate();
  const form = useSubmit(["title"]);
  const [title, setTitle] = useState(task.title);
  const [parts, setParts] = useState<readonly Part[]>(["people", "labels", "checklist"]);
  const isThere: Record<Part, boolean> = {
    people: task.owner !== null || task.assignees.length > 0,
    dates: task.start !== null || task.due !== null,
    labels: task.labels.length > 0,
    links: task.parent !== null || task.blocked_by.length > 0,
    checklist: task.checklist.length > 0,
    files: files.length > 0,
  };
  const offered = PARTS.filter((part) => isThere[part]);
  const make = () =>
    form.submit(async () => {
      const chosen = offered.filter((part) => parts.includes(part));
      const copy = await sendDeed<Task>("create", (made) => made, "POST", `/tasks/${task.id}/duplicate`, {
        body: { title: title.trim() || task.title, parts: chosen },
      });
      onClose();
      const params = { projectKey: project.key, cardKey: copy.key };
      await navigate({ to: "/b/$projectKey/$cardKey", params, search: (search) => search, replace: true });
    });
  return (
    <FormDialog
      title={text("card.duplicate_title", { key: task.key })}
      lead={text("card.duplicate_lead")}
      submit={text("card.duplicate")}
      isBusy={form.isBusy}
      reason={form.reason}
      onSubmit={() => void make()}
      onClose={onClose}
    >
      <TextInput
        label={text("card.title")}
        value={title}
        maxLength={300}
        error={form.reasonOf("title")}
        onChange={(event) => setTitle(event.currentTarget.value)}
        data-autofocus
      />
      {offered.length > 0 && (
        <fieldset className={styles.parts}>
          <legend>{text("card.duplicate_with")}</legend>
          {offered.map((part) => (
            <Checkbox
              key={part}
              label={text(`card.part_${part}`)}
              checked={parts.includes(part)}
              onChange={(event) =>
                setParts(event.currentTarget.checked ? [...parts, part] : parts.filter((one) => one !== part))
              }
            />
          ))}
        </fieldset>
      )}
    </FormDialog>
  );
}
