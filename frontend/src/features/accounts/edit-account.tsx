import { useNavigate, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { send } from "../../api/client";
import type { Account } from "../../api/types";
import { useText } from "../../i18n/language";
import { useAccount, useRefresh } from "../../live/query-hooks";
import { FormDialog } from "../../ui/form-dialog";
import { useSubmit } from "../../ui/use-submit";
import { ACCOUNT_FIELDS, type AccountDraft, AccountFields } from "./account-fields";

/** The dialog at /accounts/HY/edit. */
export function EditAccount() {
  const { code } = useParams({ strict: false });
  const { data: account } = useAccount(code ?? "");
  return account?.can.includes("manage") ? <EditForm account={account} /> : null;
}

function EditForm({ account }: { account: Account }) {
  const text = useText();
  const navigate = useNavigate();
  const refresh = useRefresh();
  const form = useSubmit(ACCOUNT_FIELDS);
  const { code, name, name_zh, industry, industry_zh, country, parent, tier, owner } = account;
  const [before] = useState<AccountDraft>({
    code,
    name,
    name_zh,
    industry,
    industry_zh,
    country,
    parent,
    tier,
    owner,
  });
  const [draft, setDraft] = useState(before);
  const close = (to: string) => navigate({ to: "/accounts/$code", params: { code: to } });
  const save = async () => {
    const change = changesIn(before, draft);
    const isDone = await form.submit(() => send("PATCH", `/accounts/${account.id}`, { body: change }));
    if (!isDone) return;
    await close(draft.code);
    await refresh("account", "accounts", "projects");
  };
  return (
    <FormDialog
      title={text("accounts.edit")}
      submit={text("action.save")}
      isBusy={form.isBusy}
      reason={form.reason}
      onSubmit={save}
      onClose={() => void close(code)}
      size={620}
    >
      <AccountFields
        draft={draft}
        onChange={(change) => setDraft({ ...draft, ...change })}
        reasonOf={form.reasonOf}
        own={account.id}
      />
    </FormDialog>
  );
}

/** Only what was changed is sent, so that what a colleague changed meanwhile stays. */
function changesIn(before: AccountDraft, draft: AccountDraft): Partial<AccountDraft> {
  return Object.fromEntries(
    Object.entries(draft).filter(([field, value]) => before[field as keyof AccountDraft] !== value),
  );
}
