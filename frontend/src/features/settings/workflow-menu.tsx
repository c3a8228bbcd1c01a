import { ActionIcon, Menu } from "@mantine/core";
import { IconDots } from "@tabler/icons-react";
import { useState } from "react";
import { send } from "../../api/client";
import type { Workflow } from "../../api/types";
import { useText } from "../../i18n/language";
import { useNameOf } from "../../live/hooks";
import { ConfirmDialog } from "../../ui/confirm-dialog";
import { WorkflowDialog } from "./workflow-dialog";

export function WorkflowMenu({ workflow }: { workflow: Workflow }) {
  const text = useText();
  const nameOf = useNameOf();
  const [asked, ask] = useState<"rename" | "remove" | null>(null);
  const name = nameOf(workflow);
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" aria-label={text("settings.manage", { name })}>
            <IconDots size={16} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => ask("rename")}>{text("settings.rename")}</Menu.Item>
          <Menu.Item color="red" onClick={() => ask("remove")}>
            {text("action.remove")}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {asked === "rename" && (
        <WorkflowDialog workflow={workflow} onClose={() => ask(null)} onMade={() => {}} />
      )}
      {asked === "remove" && (
        <ConfirmDialog
          title={text("settings.remove_title", { name })}
          lead={text("settings.remove_workflow_lead")}
          action={text("action.remove")}
          isDanger
          onConfirm={() => send("DELETE", `/workflows/${workflow.id}`)}
          onClose={() => ask(null)}
        />
      )}
    </>
  );
}
