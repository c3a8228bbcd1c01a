import { Button } from "@mantine/core";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useText } from "../../i18n/language";
import { useInbox, useTriage } from "../../live/inbox-hooks";
import { EmptyState } from "../../ui/empty-state";
import page from "../../ui/page.module.css";
import { PageHeader } from "../../ui/page-header";
import { QueryFailed } from "../../ui/query-failed";
import { RefusalLine } from "../../ui/refusal-line";
import { Spinner } from "../../ui/spinner";
import { ToggleChip } from "../../ui/toggle-chip";
import { useSubmit } from "../../ui/use-submit";
import { BundleRow } from "./bundle-row";
import styles from "./inbox.module.css";
import { useInboxActions } from "./use-inbox-actions";

const route = getRouteApi("/shell/inbox");
const SHELVES = [undefined, "snoozed", "done"] as const;

/** What happened that concerns me: news by card, with the reason, and what to do with it. */
export function InboxPage() {
  const text = useText();
  const navigate = useNavigate();
  const search = route.useSearch();
  const shelf = search.shelf ?? "open";
  const { bundles, error, refetch, hasNextPage, fetchNextPage } = useInbox(shelf);
  const triage = useTriage(shelf);
  const form = useSubmit();
  const [chosen, choose] = useState<string | null>(null);
  const act = useInboxActions({ bundles: bundles ?? [], shelf, chosen, choose, form });
  const hasUnread = bundles?.some(({ unread }) => unread > 0) ?? false;

  return (
    <>
      <PageHeader title={text("inbox.title")}>
        {shelf === "open" && hasUnread && (
          <Button
            size="xs"
            variant="default"
            onClick={() => void form.submit(() => triage(bundles ?? [], { read: true }))}
          >
            {text("inbox.read_all")}
          </Button>
        )}
      </PageHeader>
      <nav className={page.bar} aria-label={text("inbox.shelf")}>
        {SHELVES.map((name) => (
          <ToggleChip
            key={name ?? "open"}
            isOn={name === search.shelf}
            onChange={() => void navigate({ to: "/inbox", search: name ? { shelf: name } : {} })}
          >
            {text(`inbox.shelf_${name ?? "open"}`)}
          </ToggleChip>
        ))}
      </nav>
      <div className={page.body}>
        <RefusalLine reason={form.reason} />
        {!bundles && (error ? <QueryFailed onRetry={refetch} /> : <Spinner />)}
        {bundles?.length === 0 && (
          <EmptyState title={text(`inbox.empty_${shelf}`)} lead={text(`inbox.empty_${shelf}_lead`)} />
        )}
        <ul className={styles.list} aria-label={text(`inbox.shelf_${shelf}`)}>
          {bundles?.map((bundle) => (
            <BundleRow
              key={bundle.subject}
              bundle={bundle}
              shelf={shelf}
              isChosen={bundle.subject === chosen}
              onChoose={() => choose(bundle.subject)}
              act={act}
            />
          ))}
        </ul>
        {hasNextPage && (
          <Button variant="subtle" size="xs" onClick={() => void fetchNextPage()}>
            {text("inbox.more")}
          </Button>
        )}
      </div>
    </>
  );
}
