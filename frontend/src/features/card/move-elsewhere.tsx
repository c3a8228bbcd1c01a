import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useText } from "../../i18n/language";
import { useNameOf } from "../../live/hooks";
import { useProjects } from "../../live/query-hooks";
import { sendDeed } from "../../live/sent-deeds";
import { Field } from "../../ui/field";
import { FormDialog } from "../../ui/form-dialog";
import { Picker } from "../../ui/picker";
import { useSubmit } from "../../ui/use-submit";
import { arrival } from "./arrival";
import { useCard } from "./card-context";

type Moved = { key: string; dropped: { people?: number[]; tasks?: number[] } };

/** Takes the card to another initiative's board, and says what could not come along. */
export function MoveElsewhere({ onClose }: { onClose: () => void }) {
  const { task } = useCard();
  const text = useText();
  const nameOf = useNameOf();
  const navigate = useNavigate();
  const { data: projects = [] } = useProjects();
  const form = useSubmit(["project"]);
  const [chosen, choose] = useState<number | null>(null);
  const project = projects.find(({ id }) => id === chosen);
  const move = () =>
    form.submit(async () => {
      if (!project) return form.refuse(text("card.choose_initiative"), "project");
      const body = { project: project.id };
      const moved = await sendDeed<Moved>("elsewhere", task, "PUT", `/tasks/${task.id}/position`, { body });
      const { people = [], tasks = [] } = moved.dropped;
      const lost = [
        people.length > 0 && text("card.lost_people", { count: people.length }),
        tasks.length > 0 && text("card.lost_links", { count: tasks.length }),
      ].filter(Boolean);
      arrival.set({ key: moved.key, lost: lost.join(" ") });
      onClose();
      await navigate({
        to: "/b/$projectKey/$cardKey",
        params: { projectKey: project.key, cardKey: moved.key },
      });
    });
  return (
    <FormDialog
      title={text("card.move_elsewhere_title", { key: task.key })}
      lead={text("card.move_elsewhere_lead", { key: task.key })}
      submit={text("card.move")}
      isBusy={form.isBusy}
      reason={form.reason}
      onSubmit={() => void move()}
      onClose={onClose}
    >
      <Field label={text("card.initiative")} reason={form.reasonOf("project")}>
        {(describedBy) => (
          <Picker
            label={text("card.initiative")}
            look="field"
            describedBy={describedBy}
            choices={projects
              .filter(({ id }) => id !== task.project)
              .map((one) => ({ id: one.id, name: nameOf(one), hint: one.key, also: one.account_name }))}
            chosen={chosen === null ? [] : [chosen]}
            onChange={([id]) => id !== undefined && choose(Number(id))}
          >
            {project ? nameOf(project) : text("forms.choose")}
          </Picker>
        )}
      </Field>
    </FormDialog>
  );
}
