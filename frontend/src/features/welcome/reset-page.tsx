import { Button } from "@mantine/core";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useState } from "react";
import { send } from "../../api/client";
import { ApiError } from "../../api/errors";
import { useText } from "../../i18n/language";
import { PasswordField } from "../../ui/password-field";
import { RefusalLine } from "../../ui/refusal-line";
import { useSubmit } from "../../ui/use-submit";
import { Door } from "./door";
import styles from "./door.module.css";

const route = getRouteApi("/reset/$token");

/** The link from the mail: another password, and the way in is open again. */
export function ResetPage() {
  const { token } = route.useParams();
  const text = useText();
  const form = useSubmit(["password"]);
  const [state, setState] = useState<"asking" | "done" | "void">("asking");
  const reset = (password: string) =>
    form.submit(async () => {
      try {
        await send("POST", `/password-reset/${encodeURIComponent(token)}`, { body: { password } });
        setState("done");
      } catch (error) {
        if (!(error instanceof ApiError) || error.status !== 404) throw error;
        setState("void");
      }
    });
  if (state === "void")
    return (
      <Door title={text("welcome.void_title")} lead={text("welcome.void_lead")}>
        <Link to="/reset" className={styles.link}>
          {text("welcome.ask_again")}
        </Link>
      </Door>
    );
  if (state === "done")
    return (
      <Door title={text("welcome.reset_done")} lead={text("welcome.reset_done_lead")}>
        <Link to="/" className={styles.link}>
          {text("welcome.to_sign_in")}
        </Link>
      </Door>
    );
  return (
    <Door title={text("welcome.reset_title")}>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          void reset(String(new FormData(event.currentTarget).get("password")));
        }}
      >
        <PasswordField
          name="password"
          label={text("settings.new_password")}
          description={text("welcome.password_hint")}
          autoComplete="new-password"
          error={form.reasonOf("password")}
          autoFocus
          required
        />
        <RefusalLine reason={form.reason} />
        <Button type="submit" loading={form.isBusy}>
          {text("welcome.reset_submit")}
        </Button>
      </form>
    </Door>
  );
}
