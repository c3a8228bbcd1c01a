import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { send } from "../../api/client";
import type { Account } from "../../api/types";
import { useText } from "../../i18n/language";
import { useMe } from "../../live/hooks";
import { useRefresh } from "../../live/query-hooks";
import { FormDialog } from "../../ui/form-dialog";
import { useSubmit } from "../../ui/use-submit";
import { ACCOUNT_FIELDS, type AccountDraft, AccountFields } from "./account-fields";

/** The dialog at /accounts/new. Who creates an account leads its team unless they name another owner. */
export function NewAccount() {
  const text = useText();
  const me = useMe();
  const navigate = useNavigate();
  const refresh = useRefresh();
  const form = useSubmit(ACCOUNT_FIELDS);
  const [draft, setDraft] = useState<AccountDraft>({
    code: "",
    name: "",
    name_zh: "",
    industry: "",
    industry_zh: "",
    country: "",
    parent: null,
    tier: "C",
    owner: me.id,
  });
  const create = async () => {
    const isDone = await form.submit(() => send<Account>("POST", "/accounts", { body: draft }));
    if (!isDone) return;
    await refresh("accounts");
    await navigate({ to: "/accounts/$code", params: { code: draft.code } });
  };
  return (
    <FormDialog
      title={text("accounts.new")}
      submit={text("accounts.create")}
      isBusy={form.isBusy}
      reason={form.reason}
      onSubmit={create}
      onClose={() => void navigate({ to: "/accounts", search: (search) => search })}
      size={620}
    >
      <AccountFields
        draft={draft}
        onChange={(change) => setDraft({ ...draft, ...change })}
        reasonOf={form.reasonOf}
      />
    </FormDialog>
  );
}
