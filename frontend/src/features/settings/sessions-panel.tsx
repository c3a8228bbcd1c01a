import { Button } from "@mantine/core";
import { IconDeviceDesktop, IconDeviceMobile } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { get, send } from "../../api/client";
import type { SessionRow } from "../../api/types";
import { useFormat } from "../../i18n/format";
import { useText } from "../../i18n/language";
import { useRefresh } from "../../live/query-hooks";
import { Panel } from "../../ui/panel";
import { RefusalLine } from "../../ui/refusal-line";
import { Tag } from "../../ui/tag";
import { useSubmit } from "../../ui/use-submit";
import { describeAgent } from "./describe-agent";
import styles from "./settings-page.module.css";

/** Where one is signed in, and the way to end it. */
export function SessionsPanel() {
  const text = useText();
  const format = useFormat();
  const refresh = useRefresh();
  const form = useSubmit();
  const { data } = useQuery({
    queryKey: ["sessions"],
    queryFn: () => get<{ items: SessionRow[] }>("/me/sessions"),
  });
  const end = (id: number) =>
    form.submit(async () => {
      await send("DELETE", `/me/sessions/${id}`);
      await refresh("sessions");
    });
  return (
    <Panel title={text("settings.sessions")}>
      <ul className={styles.rows}>
        {data?.items.map((session) => {
          const { name, isPhone } = describeAgent(session.agent);
          const Icon = isPhone ? IconDeviceMobile : IconDeviceDesktop;
          const device = name || text("settings.unknown_device");
          return (
            <li key={session.id}>
              <Icon size={20} stroke={1.5} aria-hidden />
              <span className={styles.words}>
                <span>{device}</span>
                <small>
                  {session.address} · {text("settings.last_seen", { when: format.ago(session.last_seen_at) })}
                </small>
              </span>
              <span className={styles.end}>
                {session.current ? (
                  <Tag tone="good">{text("settings.this_session")}</Tag>
                ) : (
                  <Button
                    size="compact-sm"
                    variant="default"
                    aria-label={text("settings.end_session", { device })}
                    onClick={() => void end(session.id)}
                  >
                    {text("nav.sign_out")}
                  </Button>
                )}
              </span>
            </li>
          );
        })}
      </ul>
      <RefusalLine reason={form.reason} />
    </Panel>
  );
}
