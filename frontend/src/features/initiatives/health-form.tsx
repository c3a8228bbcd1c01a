import { Button, Textarea } from "@mantine/core";
import { useState } from "react";
import { send } from "../../api/client";
import type { Project, ProjectHealth, ProjectState } from "../../api/types";
import { useText } from "../../i18n/language";
import { useRefresh } from "../../live/query-hooks";
import { Field } from "../../ui/field";
import { HealthBadge } from "../../ui/health-badge";
import page from "../../ui/page.module.css";
import { Panel } from "../../ui/panel";
import { Picker } from "../../ui/picker";
import { RefusalLine } from "../../ui/refusal-line";
import { useSubmit } from "../../ui/use-submit";
import { STATES } from "./fitting";
import { HealthCell } from "./health-cell";
import styles from "./initiative-settings-page.module.css";

const HEALTHS = ["on_track", "at_risk", "off_track"] as const;

/** Where it stands, and how somebody who knows judges it, with the reason in a sentence. */
export function HealthForm({ project, canManage }: { project: Project; canManage: boolean }) {
  const text = useText();
  const refresh = useRefresh();
  const form = useSubmit(["state", "health", "health_note"]);
  const [draft, setDraft] = useState<{ state: ProjectState; health: ProjectHealth; note: string }>({
    state: project.state,
    health: project.health,
    note: project.health_note,
  });
  const isSame =
    draft.state === project.state && draft.health === project.health && draft.note === project.health_note;
  const save = () =>
    form.submit(async () => {
      const body = { state: draft.state, health: draft.health, health_note: draft.note };
      await send("PATCH", `/projects/${project.id}`, { body });
      await refresh("project", "projects");
    });
  if (!canManage)
    return (
      <Panel title={text("initiatives.how_it_goes")}>
        <HealthCell project={project} />
      </Panel>
    );
  return (
    <Panel title={text("initiatives.how_it_goes")}>
      <div className={styles.form}>
        <div className={page.two}>
          <Field label={text("initiatives.state")} reason={form.reasonOf("state")}>
            {() => (
              <Picker
                label={text("initiatives.state")}
                look="field"
                choices={STATES.map((id) => ({ id, name: text(`state.${id}`) }))}
                chosen={[draft.state]}
                onChange={([state]) => state && setDraft({ ...draft, state: state as ProjectState })}
              >
                {text(`state.${draft.state}`)}
              </Picker>
            )}
          </Field>
          <Field label={text("initiatives.health")} reason={form.reasonOf("health")}>
            {() => (
              <Picker
                label={text("initiatives.health")}
                look="field"
                choices={HEALTHS.map((id) => ({ id, name: text(`health.${id}`) }))}
                chosen={draft.health ? [draft.health] : []}
                none={text("initiatives.no_health")}
                onChange={([health = ""]) => setDraft({ ...draft, health: health as ProjectHealth })}
              >
                {draft.health ? <HealthBadge health={draft.health} /> : text("initiatives.no_health")}
              </Picker>
            )}
          </Field>
        </div>
        <Textarea
          label={text("initiatives.health_note")}
          description={text("initiatives.health_note_hint")}
          rows={2}
          value={draft.note}
          onChange={(event) => setDraft({ ...draft, note: event.currentTarget.value })}
          error={form.reasonOf("health_note")}
          maxLength={500}
        />
        <RefusalLine reason={form.reason} />
        <div className={styles.actions}>
          <Button size="xs" loading={form.isBusy} disabled={isSame} onClick={() => void save()}>
            {text("action.save")}
          </Button>
        </div>
      </div>
    </Panel>
  );
}
