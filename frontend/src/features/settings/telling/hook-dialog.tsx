import { Button, Switch, TextInput } from "@mantine/core";
import "@mantine/core/styles/Switch.layer.css";
import { useState } from "react";
import { send } from "../../../api/client";
import type { Language } from "../../../api/types";
import type { Hook, HookKind } from "../../../api/ways-types";
import { languageNames } from "../../../i18n/catalogue";
import { useText } from "../../../i18n/language";
import { useMe } from "../../../live/hooks";
import { Field } from "../../../ui/field";
import { FormDialog } from "../../../ui/form-dialog";
import { Picker } from "../../../ui/picker";
import { useSubmit } from "../../../ui/use-submit";
import styles from "./telling.module.css";

const CHATS: HookKind[] = ["feishu", "dingtalk", "wecom", "slack", "teams"];
const SIGNED: HookKind[] = ["feishu", "dingtalk", "webhook"];

/** A secret that this browser makes, so that the server never has to show one. */
function newSecret(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(24));
  return `whsec_${btoa(String.fromCharCode(...bytes))}`;
}

/** Where a chat or a program is told: what it is, its address, how it is signed. */
export function HookDialog({
  hook,
  scope,
  onDone,
  onClose,
}: {
  hook: Hook | null;
  scope: string;
  onDone: () => Promise<unknown>;
  onClose: () => void;
}) {
  const text = useText();
  const me = useMe();
  const form = useSubmit(["name", "url", "secret"]);
  const [kind, setKind] = useState<HookKind>(hook?.kind ?? (me.language === "en" ? "slack" : "feishu"));
  const [language, setLanguage] = useState<Language>(hook?.language ?? me.language);
  const [isOn, setOn] = useState(hook?.is_on ?? true);
  const [secret, setSecret] = useState("");
  const kinds = scope ? [...CHATS, "webhook" as const] : CHATS;

  const save = (data: FormData) =>
    form.submit(async () => {
      const name = String(data.get("name")) || text(`telling.kind_${kind}`);
      const url = String(data.get("url")).trim();
      if (hook) {
        const body = { name, language, is_on: isOn, ...(url && { url }), ...(secret && { secret }) };
        await send("PATCH", `/hooks/${hook.id}`, { body });
      } else await send("POST", "/hooks", { body: { kind, name, url, secret, language, scope } });
      await onDone();
      onClose();
    });
  const hint = hook ? (kind === "webhook" ? "secret_webhook_kept" : "secret_kept") : "secret_optional";

  return (
    <FormDialog
      title={
        hook
          ? text("telling.hook_edit", { name: hook.name })
          : text(scope ? "telling.hook_new" : "telling.chat_add")
      }
      lead={text(`telling.hint_${kind}`)}
      submit={text(hook ? "action.save" : "action.add")}
      isBusy={form.isBusy}
      reason={form.reason}
      onSubmit={(data) => void save(data)}
      onClose={onClose}
    >
      {!hook && (
        <Choice
          label={text("telling.kind")}
          chosen={kind}
          choices={kinds.map((id) => ({ id, name: text(`telling.kind_${id}`) }))}
          onChange={(id) => setKind(id as HookKind)}
        />
      )}
      <TextInput
        name="name"
        label={text("telling.name")}
        placeholder={text(`telling.kind_${kind}`)}
        defaultValue={hook?.name}
        maxLength={80}
        error={form.reasonOf("name")}
      />
      <TextInput
        name="url"
        type="url"
        label={text("telling.url")}
        placeholder={hook ? text("telling.url_kept", { host: hook.host }) : "https://"}
        required={!hook}
        autoComplete="off"
        spellCheck={false}
        maxLength={2000}
        error={form.reasonOf("url")}
      />
      {SIGNED.includes(kind) && (
        <div className={styles.secret}>
          <TextInput
            label={text("telling.secret")}
            description={kind === "webhook" && !hook ? undefined : text(`telling.${hint}`)}
            value={secret}
            onChange={(event) => setSecret(event.currentTarget.value.trim())}
            required={kind === "webhook" && !hook}
            autoComplete="off"
            spellCheck={false}
            maxLength={200}
            error={form.reasonOf("secret")}
          />
          {kind === "webhook" && (
            <Button variant="default" onClick={() => setSecret(newSecret())}>
              {text("telling.make_secret")}
            </Button>
          )}
        </div>
      )}
      {kind !== "webhook" && (
        <Choice
          label={text("telling.language")}
          chosen={language}
          choices={languageNames.map((one) => ({ id: one.language, name: one.name }))}
          onChange={(id) => setLanguage(id as Language)}
        />
      )}
      {hook && <Switch label={text("telling.is_on")} checked={isOn} onChange={() => setOn(!isOn)} />}
    </FormDialog>
  );
}

function Choice({
  label,
  chosen,
  choices,
  onChange,
}: {
  label: string;
  chosen: string;
  choices: { id: string; name: string }[];
  onChange: (id: string) => void;
}) {
  return (
    <Field label={label}>
      {() => (
        <Picker
          label={label}
          look="field"
          choices={choices}
          chosen={[chosen]}
          onChange={([id]) => id && onChange(String(id))}
        >
          {choices.find(({ id }) => id === chosen)?.name}
        </Picker>
      )}
    </Field>
  );
}
