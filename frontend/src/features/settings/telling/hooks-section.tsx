import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { get } from "../../../api/client";
import type { Hook } from "../../../api/ways-types";
import { useText } from "../../../i18n/language";
import { EmptyState } from "../../../ui/empty-state";
import { Panel } from "../../../ui/panel";
import { Picker } from "../../../ui/picker";
import page from "../settings-page.module.css";
import { HookDialog } from "./hook-dialog";
import { HookRow } from "./hook-row";
import styles from "./telling.module.css";
import { useScopes } from "./use-scopes";

/** The chats and programs that hear what happens on an account or an initiative. */
export function HooksSection() {
  const text = useText();
  const scopes = useScopes();
  const [scope, setScope] = useState("");
  const [isAdding, setAdding] = useState(false);
  const { data, error, refetch } = useQuery({
    queryKey: ["hooks", scope],
    queryFn: () => get<Hook[]>(`/hooks?scope=${scope}`),
    enabled: scope !== "",
    retry: false,
  });
  const chosen = scopes.find(({ id }) => id === scope);
  return (
    <Panel
      title={text("telling.hooks")}
      action={
        data && (
          <Button size="xs" leftSection={<IconPlus size={15} aria-hidden />} onClick={() => setAdding(true)}>
            {text("telling.hook_add")}
          </Button>
        )
      }
    >
      <p className={styles.lead}>{text("telling.hooks_lead")}</p>
      <div className={styles.scope}>
        <Picker
          label={text("telling.hooks_of")}
          look="field"
          choices={scopes}
          chosen={scope ? [scope] : []}
          onChange={([id]) => setScope(String(id ?? ""))}
        >
          {chosen?.name ?? text("forms.choose")}
        </Picker>
      </div>
      {error && <p className={styles.note}>{error.message}</p>}
      {data?.length === 0 && (
        <EmptyState title={text("telling.hooks_none")} lead={text("telling.hooks_none_lead")} />
      )}
      <ul className={page.rows}>
        {data?.map((hook) => (
          <HookRow key={hook.id} hook={hook} onChanged={refetch} />
        ))}
      </ul>
      {isAdding && <HookDialog hook={null} scope={scope} onDone={refetch} onClose={() => setAdding(false)} />}
    </Panel>
  );
}
