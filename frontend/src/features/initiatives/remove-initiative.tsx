import { Button } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { send } from "../../api/client";
import type { Project } from "../../api/types";
import { useText } from "../../i18n/language";
import { useNameOf } from "../../live/hooks";
import { useRefresh } from "../../live/query-hooks";
import { ConfirmDialog } from "../../ui/confirm-dialog";
import page from "../../ui/page.module.css";
import { Panel } from "../../ui/panel";

/** An initiative that never held a task may be deleted; others are cancelled, so that their story stays. */
export function RemoveInitiative({ project }: { project: Project }) {
  const text = useText();
  const nameOf = useNameOf();
  const navigate = useNavigate();
  const refresh = useRefresh();
  const [isAsking, ask] = useState(false);
  const remove = async () => {
    await send("DELETE", `/projects/${project.id}`);
    await refresh("projects", "account", "accounts");
    await navigate({ to: "/initiatives" });
  };
  return (
    <Panel
      title={text("initiatives.remove")}
      action={
        <Button
          size="compact-sm"
          variant="light"
          color="red"
          disabled={project.tasks_total > 0}
          onClick={() => ask(true)}
        >
          {text("initiatives.remove_action")}
        </Button>
      }
    >
      <p className={page.soft}>
        {text(project.tasks_total > 0 ? "initiatives.remove_refused" : "initiatives.remove_lead")}
      </p>
      {isAsking && (
        <ConfirmDialog
          title={text("initiatives.remove_title", { name: nameOf(project) })}
          lead={text("initiatives.remove_sure")}
          action={text("initiatives.remove_action")}
          isDanger
          onConfirm={remove}
          onClose={() => ask(false)}
        />
      )}
    </Panel>
  );
}
