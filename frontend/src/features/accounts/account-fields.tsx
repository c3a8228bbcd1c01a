import { TextInput } from "@mantine/core";
import type { Tier } from "../../api/types";
import { useFormat } from "../../i18n/format";
import { useLocale } from "../../i18n/language";
import { useNameOf, useWorkspace } from "../../live/hooks";
import { useAccounts } from "../../live/query-hooks";
import { Field } from "../../ui/field";
import page from "../../ui/page.module.css";
import { PersonPicker } from "../../ui/person-picker";
import { Picker } from "../../ui/picker";
import { TierPicker } from "../../ui/tier-picker";
import { TwoNames } from "../../ui/two-names";
import { COUNTRIES } from "./countries";

/** What people write about an account; also the names of the fields that show a refusal. */
export type AccountDraft = {
  code: string;
  name: string;
  name_zh: string;
  industry: string;
  industry_zh: string;
  country: string;
  parent: number | null;
  tier: Tier;
  owner: number | null;
};
export const ACCOUNT_FIELDS = [
  "code",
  "name",
  "name_zh",
  "industry",
  "industry_zh",
  "parent",
  "owner",
] as const;

type AccountFieldsProps = {
  draft: AccountDraft;
  onChange: (change: Partial<AccountDraft>) => void;
  reasonOf: (field: string) => string | undefined;
  /** The account itself: it can't be its own parent. */
  own?: number;
};

export function AccountFields({ draft, onChange, reasonOf, own }: AccountFieldsProps) {
  const { language, text } = useLocale();
  const format = useFormat();
  const nameOf = useNameOf();
  const directory = useWorkspace();
  const { data: accounts = [] } = useAccounts();
  const parent = accounts.find(({ id }) => id === draft.parent);
  const industries = ["industry", "industry_zh"] as const;
  const input = (field: (typeof industries)[number]) => (
    <TextInput
      key={field}
      label={text(`accounts.field_${field}`)}
      value={draft[field]}
      onChange={(event) => onChange({ [field]: event.currentTarget.value })}
      error={reasonOf(field)}
      maxLength={160}
    />
  );
  return (
    <>
      <div className={page.two}>
        <TextInput
          label={text("accounts.field_code")}
          description={text("accounts.code_hint")}
          value={draft.code}
          onChange={(event) => onChange({ code: event.currentTarget.value.toUpperCase() })}
          error={reasonOf("code")}
          required
          maxLength={20}
          pattern="[A-Z0-9][A-Z0-9._\-]{0,19}"
          data-autofocus
        />
        <Field label={text("accounts.field_tier")} hint={text("accounts.tier_hint")}>
          {() => (
            <TierPicker
              label={text("accounts.field_tier")}
              look="field"
              tier={draft.tier}
              onChange={(tier) => onChange({ tier })}
            />
          )}
        </Field>
        <TwoNames names={draft} onChange={onChange} reasonOf={reasonOf} maxLength={160} />
        {(language === "en" ? industries : industries.toReversed()).map(input)}
        <Field label={text("accounts.field_country")}>
          {() => (
            <Picker
              label={text("accounts.field_country")}
              look="field"
              choices={COUNTRIES.map((code) => ({ id: code, name: format.country(code), also: code }))}
              chosen={draft.country ? [draft.country] : []}
              onChange={([code]) => onChange({ country: String(code ?? "") })}
              none={text("accounts.no_country")}
            >
              {draft.country ? format.country(draft.country) : text("accounts.no_country")}
            </Picker>
          )}
        </Field>
        <Field label={text("accounts.field_parent")} reason={reasonOf("parent")}>
          {(describedBy) => (
            <Picker
              label={text("accounts.field_parent")}
              look="field"
              describedBy={describedBy}
              choices={accounts
                .filter(({ id }) => id !== own)
                .map((account) => ({ id: account.id, name: nameOf(account), also: account.code }))}
              chosen={draft.parent === null ? [] : [draft.parent]}
              onChange={([id]) => onChange({ parent: id === undefined ? null : Number(id) })}
              none={text("accounts.no_parent")}
            >
              {parent ? nameOf(parent) : text("accounts.no_parent")}
            </Picker>
          )}
        </Field>
      </div>
      <Field
        label={text("accounts.field_owner")}
        hint={text("accounts.owner_hint")}
        reason={reasonOf("owner")}
      >
        {(describedBy) => (
          <PersonPicker
            label={text("accounts.field_owner")}
            look="field"
            directory={directory}
            describedBy={describedBy}
            chosen={draft.owner}
            onChange={(owner) => onChange({ owner })}
          />
        )}
      </Field>
    </>
  );
}
