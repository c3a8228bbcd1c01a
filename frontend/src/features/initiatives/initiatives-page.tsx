import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { getRouteApi, Link, Outlet } from "@tanstack/react-router";
import { useDeferredValue } from "react";
import { useText } from "../../i18n/language";
import { useMe } from "../../live/hooks";
import { useProjects } from "../../live/query-hooks";
import { EmptyState } from "../../ui/empty-state";
import page from "../../ui/page.module.css";
import { PageHeader } from "../../ui/page-header";
import { QueryFailed } from "../../ui/query-failed";
import { Spinner } from "../../ui/spinner";
import { useIsPhone } from "../../ui/use-is-phone";
import { fitting } from "./fitting";
import { InitiativeCards } from "./initiative-cards";
import { InitiativeFilters } from "./initiative-filters";
import { InitiativeTable } from "./initiative-table";

const route = getRouteApi("/shell/initiatives");

/** What is under way. */
export function InitiativesPage() {
  const text = useText();
  const me = useMe();
  const search = useDeferredValue(route.useSearch());
  const { data: projects, error, refetch } = useProjects();
  const isPhone = useIsPhone();
  const shown = projects && fitting(projects, search, me.id);
  const create = me.is_guest ? undefined : (
    <Button component={Link} to="/initiatives/new" size="xs" leftSection={<IconPlus size={15} aria-hidden />}>
      {text("initiatives.new")}
    </Button>
  );
  return (
    <>
      <PageHeader title={text("initiatives.title")}>{create}</PageHeader>
      {projects?.length === 0 ? (
        <EmptyState
          title={text("initiatives.empty_title")}
          lead={text(me.is_guest ? "initiatives.empty_guest" : "initiatives.empty_lead")}
          action={create}
        />
      ) : (
        <>
          <InitiativeFilters projects={projects ?? []} shown={shown?.length} />
          <div className={page.body}>
            {!projects && (error ? <QueryFailed onRetry={refetch} /> : <Spinner />)}
            {shown?.length === 0 && (
              <EmptyState title={text("forms.none_fit")} lead={text("forms.none_fit_lead")} />
            )}
            {shown &&
              shown.length > 0 &&
              (isPhone ? <InitiativeCards rows={shown} /> : <InitiativeTable rows={shown} />)}
          </div>
        </>
      )}
      <Outlet />
    </>
  );
}
