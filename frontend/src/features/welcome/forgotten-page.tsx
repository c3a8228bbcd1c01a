import { Button, TextInput } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { send } from "../../api/client";
import { useText } from "../../i18n/language";
import { RefusalLine } from "../../ui/refusal-line";
import { useSubmit } from "../../ui/use-submit";
import { Door } from "./door";
import styles from "./door.module.css";

/** Asks for a way back in. Says the same whether the address is known or not. */
export function ForgottenPage() {
  const text = useText();
  const form = useSubmit(["email"]);
  const [sentTo, setSentTo] = useState("");
  const ask = async (email: string) => {
    if (await form.submit(() => send("POST", "/password-reset", { body: { email } }))) setSentTo(email);
  };
  const back = (
    <Link to="/" className={styles.link}>
      {text("welcome.to_sign_in")}
    </Link>
  );
  if (sentTo)
    return (
      <Door title={text("welcome.sent_title")} lead={text("welcome.sent_lead", { email: sentTo })}>
        {back}
      </Door>
    );
  return (
    <Door title={text("welcome.forgotten_title")} lead={text("welcome.forgotten_lead")}>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          void ask(String(new FormData(event.currentTarget).get("email")));
        }}
      >
        <TextInput
          name="email"
          type="email"
          label={text("sign_in.email")}
          autoComplete="username"
          error={form.reasonOf("email")}
          autoFocus
          required
        />
        <RefusalLine reason={form.reason} />
        <Button type="submit" loading={form.isBusy}>
          {text("welcome.forgotten_submit")}
        </Button>
        {back}
      </form>
    </Door>
  );
}
