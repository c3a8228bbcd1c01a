import { Notifications, notifications } from "@mantine/notifications";
import "@mantine/core/styles/Notification.layer.css";
import "@mantine/notifications/styles.layer.css";
import { useEffect, useEffectEvent, useRef, useSyncExternalStore } from "react";
import { useFormat } from "../i18n/format";
import { useText } from "../i18n/language";
import { useNameOf, useWorkspace } from "../live/hooks";
import { type Refusal, refusals } from "../live/streams";
import { describeCommand } from "./describe-command";

/** What was done so long ago may have been forgotten: its refusal stays until somebody has read it. */
const FRESH_MS = 60_000;

/** When the server takes back a change that was already shown, it is said what it was, and why. */
export function RefusalToasts() {
  const text = useText();
  const format = useFormat();
  const nameOf = useNameOf();
  const { workflows } = useWorkspace();
  const all = useSyncExternalStore(refusals.subscribe, refusals.get);
  const said = useRef(0);

  const statusName = (id: number) => {
    for (const { statuses } of workflows.values()) {
      const status = statuses.find((one) => one.id === id);
      if (status) return nameOf(status);
    }
    return "";
  };
  const say = useEffectEvent((refusal: Refusal) => {
    const { command, error } = refusal;
    const { what, title } = describeCommand(command, { text, list: format.list, statusName });
    const why = error.code === "too_late" ? text("unsent.too_late") : error.message;
    notifications.show({
      color: "red",
      title,
      message: text("unsent.what_and_why", { what, why }),
      autoClose: Date.now() - command.at < FRESH_MS ? 7000 : false,
    });
  });
  useEffect(() => {
    for (const refusal of all.slice(said.current)) say(refusal);
    said.current = all.length;
  }, [all]);

  return <Notifications position="bottom-right" limit={4} autoClose={7000} />;
}
