import { Button, TextInput } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { ApiError } from "../../api/errors";
import { useText } from "../../i18n/language";
import { signIn } from "../../live/session";
import { PasswordField } from "../../ui/password-field";
import styles from "./sign-in.module.css";

export function SignInForm({ isSecond }: { isSecond: boolean }) {
  const text = useText();
  const [refusal, setRefusal] = useState("");
  const [isBusy, setBusy] = useState(false);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setBusy(true);
    setRefusal("");
    try {
      await signIn(String(form.get("email")), String(form.get("password")));
    } catch (error) {
      setRefusal(error instanceof ApiError ? error.message : text("sign_in.no_answer"));
      setBusy(false);
    }
  }

  return (
    <form className={styles.form} onSubmit={submit} aria-label={text("sign_in.title")}>
      <h2>{text(isSecond ? "sign_in.only_form" : "sign_in.title")}</h2>
      <TextInput
        name="email"
        type="email"
        label={text("sign_in.email")}
        autoComplete="username"
        autoFocus={!isSecond}
        required
        withAsterisk={false}
      />
      <PasswordField
        name="password"
        label={text("sign_in.password")}
        autoComplete="current-password"
        required
        withAsterisk={false}
      />
      {refusal && (
        <p className={styles.refusal} role="alert">
          {refusal}
        </p>
      )}
      <Button type="submit" loading={isBusy} variant={isSecond ? "default" : "filled"}>
        {text("sign_in.submit")}
      </Button>
      <Link to="/reset" className={styles.forgot}>
        {text("sign_in.forgot")}
      </Link>
    </form>
  );
}
