import { getRouteApi } from "@tanstack/react-router";
import type { AccountRow, Tier } from "../../api/types";
import { useText } from "../../i18n/language";
import { useNameOf, useWorkspace } from "../../live/hooks";
import page from "../../ui/page.module.css";
import { usePersonChoices } from "../../ui/person-picker";
import { Picker } from "../../ui/picker";
import { SearchField } from "../../ui/search-field";
import { TIERS } from "../../ui/tier-picker";
import type { AccountSearch } from "./search";

const route = getRouteApi("/shell/accounts");

/** Filters live in the address, so that a narrowed list can be sent to somebody. */
export function AccountFilters({ accounts, shown }: { accounts: AccountRow[]; shown: number | undefined }) {
  const text = useText();
  const nameOf = useNameOf();
  const directory = useWorkspace();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const owners = new Set(accounts.map(({ owner }) => owner));
  const choices = usePersonChoices(directory, ({ id }) => owners.has(id));
  const set = (change: Partial<AccountSearch>) =>
    void navigate({ search: (now) => ({ ...now, ...change }), replace: true });
  const owner = directory.people.get(search.owner ?? 0);
  return (
    <search className={page.bar}>
      <SearchField
        label={text("accounts.search")}
        value={search.q ?? ""}
        onChange={(q) => set({ q: q || undefined })}
      />
      <Picker
        label={text("accounts.field_tier")}
        look="chip"
        choices={TIERS.map((id) => ({ id, name: text(`tier.${id}`) }))}
        chosen={search.tier ? [search.tier] : []}
        none={text("accounts.every_tier")}
        onChange={([tier]) => set({ tier: tier as Tier | undefined })}
      >
        {search.tier ? text(`tier.${search.tier}`) : text("accounts.every_tier")}
      </Picker>
      <Picker
        label={text("accounts.field_owner")}
        look="chip"
        choices={choices}
        chosen={search.owner ? [search.owner] : []}
        none={text("accounts.every_owner")}
        onChange={([id]) => set({ owner: id === undefined ? undefined : Number(id) })}
      >
        {owner ? nameOf(owner) : text("accounts.every_owner")}
      </Picker>
      {shown !== undefined && (
        <span className={page.count} role="status">
          {text("accounts.count", { count: shown })}
        </span>
      )}
    </search>
  );
}
