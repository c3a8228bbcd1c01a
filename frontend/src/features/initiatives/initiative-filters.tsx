import { getRouteApi } from "@tanstack/react-router";
import type { ProjectRow } from "../../api/types";
import { useText } from "../../i18n/language";
import { useNameOf, useWorkspace } from "../../live/hooks";
import page from "../../ui/page.module.css";
import { usePersonChoices } from "../../ui/person-picker";
import { Picker } from "../../ui/picker";
import { SearchField } from "../../ui/search-field";
import { ToggleChip } from "../../ui/toggle-chip";
import { STATES } from "./fitting";
import type { InitiativeSearch } from "./search";

const route = getRouteApi("/shell/initiatives");

export function InitiativeFilters({
  projects,
  shown,
}: {
  projects: ProjectRow[];
  shown: number | undefined;
}) {
  const text = useText();
  const nameOf = useNameOf();
  const directory = useWorkspace();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const leads = new Set(projects.map(({ lead }) => lead));
  const leadChoices = usePersonChoices(directory, ({ id }) => leads.has(id));
  const lead = directory.people.get(search.lead ?? 0);
  const accounts = accountsIn(projects).map(({ id, code, ...names }) => ({
    id,
    name: id ? nameOf(names) : text("initiatives.internal"),
    also: `${code} ${names.name} ${names.name_zh}`,
  }));
  const states = ["open", ...STATES].map((id) => ({ id, name: stateWord(id as never) }));
  const set = (change: Partial<InitiativeSearch>) =>
    void navigate({ search: (now) => ({ ...now, ...change }), replace: true });
  function stateWord(state: NonNullable<InitiativeSearch["state"]>) {
    return state === "open" ? text("initiatives.state_open") : text(`state.${state}`);
  }
  return (
    <search className={page.bar}>
      <SearchField
        label={text("initiatives.search")}
        value={search.q ?? ""}
        onChange={(q) => set({ q: q || undefined })}
      />
      <ToggleChip isOn={search.mine === true} onChange={(mine) => set({ mine: mine || undefined })}>
        {text("initiatives.mine")}
      </ToggleChip>
      <Picker
        label={text("initiatives.state")}
        look="chip"
        choices={states}
        chosen={search.state ? [search.state] : []}
        none={text("initiatives.every_state")}
        onChange={([state]) => set({ state: state as InitiativeSearch["state"] })}
      >
        {search.state ? stateWord(search.state) : text("initiatives.every_state")}
      </Picker>
      <Picker
        label={text("initiatives.account")}
        look="chip"
        choices={accounts}
        chosen={search.account === undefined ? [] : [search.account]}
        none={text("initiatives.every_account")}
        onChange={([id]) => set({ account: id === undefined ? undefined : Number(id) })}
      >
        {accounts.find(({ id }) => id === search.account)?.name ?? text("initiatives.every_account")}
      </Picker>
      <Picker
        label={text("initiatives.lead")}
        look="chip"
        choices={leadChoices}
        chosen={search.lead ? [search.lead] : []}
        none={text("initiatives.every_lead")}
        onChange={([id]) => set({ lead: id === undefined ? undefined : Number(id) })}
      >
        {lead ? nameOf(lead) : text("initiatives.every_lead")}
      </Picker>
      {shown !== undefined && (
        <span className={page.count} role="status">
          {text("initiatives.count", { count: shown })}
        </span>
      )}
    </search>
  );
}

function accountsIn(projects: ProjectRow[]) {
  const found = new Map<number, { id: number; code: string; name: string; name_zh: string }>();
  for (const { account, account_code: code, account_name: name, account_name_zh: name_zh } of projects)
    found.set(account ?? 0, { id: account ?? 0, code, name, name_zh });
  return [...found.values()].sort((a, b) => (a.code < b.code ? -1 : 1));
}
