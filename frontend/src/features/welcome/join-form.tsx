import { Button, TextInput } from "@mantine/core";
import type { ReactNode } from "react";
import { send } from "../../api/client";
import type { Me } from "../../api/types";
import { useLocale } from "../../i18n/language";
import { enter } from "../../live/session";
import { holdWhileComposing } from "../../ui/form-dialog";
import { PasswordField } from "../../ui/password-field";
import { RefusalLine } from "../../ui/refusal-line";
import { useSubmit } from "../../ui/use-submit";
import styles from "./door.module.css";

type JoinFormProps = {
  path: string;
  submit: string;
  /** Fields besides one's names and password. */
  fields?: readonly string[];
  children: (reasonOf: (field: string) => string | undefined) => ReactNode;
};

/** Names and a password make somebody a person here; they are signed in at once. */
export function JoinForm({ path, submit, fields = [], children }: JoinFormProps) {
  const { language, text } = useLocale();
  const form = useSubmit(["name", "name_zh", "password", ...fields]);
  const join = (data: FormData) =>
    form.submit(async () => {
      const body = { ...Object.fromEntries(data), language };
      await enter(await send<Me>("POST", path, { body }));
      location.assign("/");
    });
  return (
    <form
      className={styles.form}
      onKeyDown={holdWhileComposing}
      onSubmit={(event) => {
        event.preventDefault();
        void join(new FormData(event.currentTarget));
      }}
    >
      {children(form.reasonOf)}
      <TextInput
        name="name"
        label={text("settings.name")}
        description={text("welcome.name_hint")}
        autoComplete="name"
        error={form.reasonOf("name")}
        required
        maxLength={120}
      />
      <TextInput
        name="name_zh"
        label={text("settings.name_zh")}
        error={form.reasonOf("name_zh")}
        maxLength={120}
      />
      <PasswordField
        name="password"
        label={text("sign_in.password")}
        description={text("welcome.password_hint")}
        autoComplete="new-password"
        error={form.reasonOf("password")}
        required
      />
      <RefusalLine reason={form.reason} />
      <Button type="submit" loading={form.isBusy}>
        {submit}
      </Button>
    </form>
  );
}
