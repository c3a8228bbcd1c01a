import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useState } from "react";
import { useText } from "../../i18n/language";
import { useNameOf, useWorkspace } from "../../live/hooks";
import page from "../../ui/page.module.css";
import { Panel } from "../../ui/panel";
import { ToggleChip } from "../../ui/toggle-chip";
import { Statuses } from "./statuses";
import { Transitions } from "./transitions";
import { WorkflowDialog } from "./workflow-dialog";
import { WorkflowMenu } from "./workflow-menu";

/** The columns of boards, and the ways cards may take between them. */
export function WorkflowsSection() {
  const text = useText();
  const nameOf = useNameOf();
  const { workflows } = useWorkspace();
  const [chosen, choose] = useState<number | null>(null);
  const [isAdding, setAdding] = useState(false);
  const rows = [...workflows.values()];
  const workflow = workflows.get(chosen ?? 0) ?? rows[0];
  return (
    <>
      <Panel
        title={text("settings.section_workflows")}
        action={
          <Button size="xs" leftSection={<IconPlus size={15} aria-hidden />} onClick={() => setAdding(true)}>
            {text("settings.add_workflow")}
          </Button>
        }
      >
        <p className={page.soft}>{text("settings.workflows_lead")}</p>
        <div className={page.wrap} style={{ marginTop: 10 }}>
          {rows.map((row) => (
            <ToggleChip key={row.id} isOn={row.id === workflow?.id} onChange={() => choose(row.id)}>
              {nameOf(row)}
            </ToggleChip>
          ))}
        </div>
      </Panel>
      {workflow && (
        <>
          <Statuses key={workflow.id} workflow={workflow} menu={<WorkflowMenu workflow={workflow} />} />
          <Transitions workflow={workflow} />
        </>
      )}
      {isAdding && <WorkflowDialog workflow={null} onClose={() => setAdding(false)} onMade={choose} />}
    </>
  );
}
