import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { get } from "../../../api/client";
import type { Hook } from "../../../api/ways-types";
import { useText } from "../../../i18n/language";
import { Panel } from "../../../ui/panel";
import page from "../settings-page.module.css";
import { HookDialog } from "./hook-dialog";
import { HookRow } from "./hook-row";
import styles from "./telling.module.css";

/** One's own chat: one bot that tells what one hears. */
export function ChatPanel() {
  const text = useText();
  const [isAdding, setAdding] = useState(false);
  const { data, refetch } = useQuery({ queryKey: ["hooks", ""], queryFn: () => get<Hook[]>("/hooks") });
  return (
    <Panel title={text("telling.chat")}>
      <p className={styles.lead}>{text("telling.chat_lead")}</p>
      {data?.length === 0 && (
        <Button variant="default" onClick={() => setAdding(true)}>
          {text("telling.chat_add")}
        </Button>
      )}
      <ul className={page.rows}>
        {data?.map((hook) => (
          <HookRow key={hook.id} hook={hook} onChanged={refetch} />
        ))}
      </ul>
      {isAdding && <HookDialog hook={null} scope="" onDone={refetch} onClose={() => setAdding(false)} />}
    </Panel>
  );
}
