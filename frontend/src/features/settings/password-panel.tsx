import { Button } from "@mantine/core";
import { useRef, useState } from "react";
import { send } from "../../api/client";
import { useText } from "../../i18n/language";
import { useRefresh } from "../../live/query-hooks";
import { Panel } from "../../ui/panel";
import { PasswordField } from "../../ui/password-field";
import { RefusalLine } from "../../ui/refusal-line";
import { useSubmit } from "../../ui/use-submit";
import styles from "./settings-page.module.css";

/** Another password; every other session ends with it. */
export function PasswordPanel() {
  const text = useText();
  const refresh = useRefresh();
  const form = useSubmit(["current_password", "new_password"]);
  const element = useRef<HTMLFormElement>(null);
  const [isSaved, setSaved] = useState(false);
  const save = async () => {
    if (!element.current) return;
    const body = Object.fromEntries(new FormData(element.current));
    setSaved(false);
    if (!(await form.submit(() => send("POST", "/me/password", { body })))) return;
    element.current.reset();
    setSaved(true);
    await refresh("sessions");
  };
  return (
    <Panel title={text("settings.password")}>
      <form
        ref={element}
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <PasswordField
          name="current_password"
          label={text("settings.current_password")}
          autoComplete="current-password"
          error={form.reasonOf("current_password")}
          required
        />
        <PasswordField
          name="new_password"
          label={text("settings.new_password")}
          description={text("welcome.password_hint")}
          autoComplete="new-password"
          error={form.reasonOf("new_password")}
          required
        />
        <RefusalLine reason={form.reason} />
        <div className={styles.actions}>
          <Button type="submit" size="xs" loading={form.isBusy}>
            {text("settings.change_password")}
          </Button>
          <span role="status" className={styles.saved}>
            {isSaved && text("settings.password_changed")}
          </span>
        </div>
      </form>
    </Panel>
  );
}
