import { TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { get } from "../../api/client";
import type { Status } from "../../api/types";
import { useText } from "../../i18n/language";
import { Door } from "./door";
import styles from "./door.module.css";
import { JoinForm } from "./join-form";

/** An empty installation: the code from the terminal makes its first administrator. */
export function SetupPage() {
  const text = useText();
  const { data: status } = useQuery({ queryKey: ["status"], queryFn: () => get<Status>("/status") });
  if (status?.installed)
    return (
      <Door title={text("welcome.installed_title")} lead={text("welcome.installed_lead")}>
        <Link to="/" className={styles.link}>
          {text("welcome.to_sign_in")}
        </Link>
      </Door>
    );
  return (
    <Door title={text("welcome.setup_title")} lead={text("welcome.setup_lead")}>
      <JoinForm path="/setup" submit={text("welcome.setup_submit")} fields={["code", "email"]}>
        {(reasonOf) => (
          <>
            <TextInput
              name="code"
              label={text("welcome.code")}
              description={text("welcome.code_hint")}
              autoComplete="one-time-code"
              placeholder="ABCD-EFGH-JKLM-NPQR"
              error={reasonOf("code")}
              autoFocus
              required
            />
            <TextInput
              name="email"
              type="email"
              label={text("sign_in.email")}
              autoComplete="username"
              error={reasonOf("email")}
              required
            />
          </>
        )}
      </JoinForm>
    </Door>
  );
}
