import { getRouteApi } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { useText } from "../../i18n/language";
import { EmptyState } from "../../ui/empty-state";
import page from "../../ui/page.module.css";
import { PageHeader } from "../../ui/page-header";
import { QueryFailed } from "../../ui/query-failed";
import { SearchField } from "../../ui/search-field";
import { ToggleChip } from "../../ui/toggle-chip";
import { FoundList } from "./found-list";
import { KINDS, type SearchAddress } from "./search";
import styles from "./search-page.module.css";
import { useFound } from "./use-found";

const route = getRouteApi("/shell/search");
/** Of each kind when all are shown, and of one alone. */
const OF_EACH = 10;
const OF_ONE = 100;

/** Everything that was found, by kind. What was asked stands in the address. */
export function SearchPage() {
  const text = useText();
  const { q = "", kind } = route.useSearch();
  const navigate = route.useNavigate();
  const [typed, type] = useState(q);
  const found = useFound(q, { kind, limit: kind ? OF_ONE : OF_EACH });
  const set = (change: SearchAddress) =>
    void navigate({ search: (now) => ({ ...now, ...change }), replace: true });
  const groups = q.trim() === "" ? [] : (found.data?.groups ?? []);
  // The address may change under the field: by going back, or by a new search from the palette.
  useEffect(() => type(q), [q]);

  return (
    <>
      <PageHeader title={text("search.title")} />
      <search className={page.bar}>
        <span className={styles.field}>
          <SearchField
            label={text("search.placeholder")}
            value={typed}
            onChange={(next, isComposed = true) => {
              type(next);
              if (isComposed) set({ q: next || undefined });
            }}
          />
        </span>
        <fieldset className={styles.kinds} aria-label={text("search.kinds")}>
          <ToggleChip isOn={kind === undefined} onChange={() => set({ kind: undefined })}>
            {text("search.kind_all")}
          </ToggleChip>
          {KINDS.map((one) => (
            <ToggleChip
              key={one}
              isOn={kind === one}
              onChange={(isOn) => set({ kind: isOn ? one : undefined })}
            >
              {text(`search.kind_${one}`)}
            </ToggleChip>
          ))}
        </fieldset>
      </search>
      <div className={page.body}>
        {q.trim() === "" && <EmptyState title={text("search.hint_title")} lead={text("search.hint")} />}
        {found.isError && <QueryFailed onRetry={found.refetch} />}
        {q.trim() !== "" && found.isSuccess && !found.isFetching && groups.length === 0 && (
          <EmptyState
            title={text("search.nothing", { query: q.trim() })}
            lead={text("search.nothing_lead")}
          />
        )}
        {groups.map((group) => (
          <FoundList
            key={group.kind}
            group={group}
            onMore={kind === undefined ? () => set({ kind: group.kind }) : undefined}
          />
        ))}
      </div>
    </>
  );
}
