import { Switch } from "@mantine/core";
import "@mantine/core/styles/InlineInput.layer.css";
import "@mantine/core/styles/Switch.layer.css";
import { useState } from "react";
import { send } from "../../api/client";
import type { Project } from "../../api/types";
import { useText } from "../../i18n/language";
import { useRefresh } from "../../live/query-hooks";
import { Panel } from "../../ui/panel";
import { RefusalLine } from "../../ui/refusal-line";
import { useSubmit } from "../../ui/use-submit";

/** Shuts out those whom only the account would bring. */
export function Privacy({ project }: { project: Project }) {
  const text = useText();
  const refresh = useRefresh();
  const form = useSubmit();
  const [chosen, choose] = useState<boolean | null>(null);
  const set = async (is_private: boolean) => {
    choose(is_private);
    await form.submit(async () => {
      await send("PATCH", `/projects/${project.id}`, { body: { is_private } });
      await refresh("project", "projects");
    });
    choose(null);
  };
  return (
    <Panel title={text("initiatives.access")}>
      <Switch
        checked={chosen ?? project.is_private}
        onChange={(event) => void set(event.currentTarget.checked)}
        label={text("initiatives.private")}
        description={text("initiatives.private_hint")}
      />
      <RefusalLine reason={form.reason} />
    </Panel>
  );
}
