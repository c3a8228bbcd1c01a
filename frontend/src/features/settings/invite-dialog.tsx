import { Button, Modal, TextInput } from "@mantine/core";
import { useState } from "react";
import { send } from "../../api/client";
import type { Invitation, Language } from "../../api/types";
import { languageNames } from "../../i18n/catalogue";
import { useText } from "../../i18n/language";
import { useMe, useWorkspace } from "../../live/hooks";
import { useRefresh } from "../../live/query-hooks";
import { Field } from "../../ui/field";
import { FormDialog } from "../../ui/form-dialog";
import { FunctionPicker } from "../../ui/function-picker";
import page from "../../ui/page.module.css";
import { Picker } from "../../ui/picker";
import { useSubmit } from "../../ui/use-submit";
import styles from "./settings-page.module.css";

/** Asks somebody in. The link is shown once, for where mail doesn't arrive. */
export function InviteDialog({ onClose }: { onClose: () => void }) {
  const text = useText();
  const me = useMe();
  const { functions } = useWorkspace();
  const refresh = useRefresh();
  const form = useSubmit(["email", "function"]);
  const [made, setMade] = useState<Invitation | null>(null);
  const [draft, setDraft] = useState({
    email: "",
    function: null as number | null,
    language: me.language,
  });
  const invite = () =>
    form.submit(async () => {
      setMade(await send<Invitation>("POST", "/invitations", { body: draft }));
      await refresh("invitations");
    });
  if (made?.link) return <InvitationLink invitation={made} onClose={onClose} />;
  return (
    <FormDialog
      title={text("settings.invite")}
      lead={text("settings.invite_lead")}
      submit={text("settings.send_invitation")}
      isBusy={form.isBusy}
      reason={form.reason}
      onSubmit={() => void invite()}
      onClose={onClose}
    >
      <TextInput
        type="email"
        label={text("sign_in.email")}
        value={draft.email}
        onChange={(event) => setDraft({ ...draft, email: event.currentTarget.value })}
        error={form.reasonOf("email")}
        required
        data-autofocus
      />
      <div className={page.two}>
        <Field label={text("account.function")} reason={form.reasonOf("function")}>
          {() => (
            <FunctionPicker
              label={text("account.function")}
              look="field"
              functions={functions}
              chosen={draft.function}
              onChange={(chosen) => setDraft({ ...draft, function: chosen })}
            />
          )}
        </Field>
        <Field label={text("nav.language")}>
          {() => (
            <Picker
              label={text("nav.language")}
              look="field"
              choices={languageNames.map(({ language, name }) => ({ id: language, name }))}
              chosen={[draft.language]}
              onChange={([language]) => language && setDraft({ ...draft, language: language as Language })}
            >
              {languageNames.find(({ language }) => language === draft.language)?.name}
            </Picker>
          )}
        </Field>
      </div>
    </FormDialog>
  );
}

function InvitationLink({ invitation, onClose }: { invitation: Invitation; onClose: () => void }) {
  const text = useText();
  const [isCopied, setCopied] = useState(false);
  const copy = async (input: HTMLInputElement | null) => {
    input?.select();
    if (navigator.clipboard) await navigator.clipboard.writeText(invitation.link ?? "");
    else document.execCommand("copy");
    setCopied(true);
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={text("settings.invited", { email: invitation.email })}
      size={560}
      closeButtonProps={{ "aria-label": text("action.close") }}
    >
      <p className={page.soft}>{text("settings.invited_lead")}</p>
      <div className={styles.link}>
        <TextInput
          readOnly
          id="invitation-link"
          aria-label={text("settings.invitation_link")}
          value={invitation.link ?? ""}
          onFocus={(event) => event.currentTarget.select()}
        />
        <Button
          onClick={() => void copy(document.querySelector<HTMLInputElement>("#invitation-link"))}
          data-autofocus
        >
          {text(isCopied ? "forms.copied" : "forms.copy")}
        </Button>
      </div>
    </Modal>
  );
}
