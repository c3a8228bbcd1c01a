import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { getRouteApi, Link, Outlet } from "@tanstack/react-router";
import { useDeferredValue } from "react";
import { useText } from "../../i18n/language";
import { useMe } from "../../live/hooks";
import { useAccounts } from "../../live/query-hooks";
import { EmptyState } from "../../ui/empty-state";
import page from "../../ui/page.module.css";
import { PageHeader } from "../../ui/page-header";
import { QueryFailed } from "../../ui/query-failed";
import { Spinner } from "../../ui/spinner";
import { useIsPhone } from "../../ui/use-is-phone";
import { AccountCards } from "./account-cards";
import { AccountFilters } from "./account-filters";
import { AccountTable } from "./account-table";
import { fitting } from "./fitting";

const route = getRouteApi("/shell/accounts");

/** Which customers matter and how they are. */
export function AccountsPage() {
  const text = useText();
  const me = useMe();
  const search = useDeferredValue(route.useSearch());
  const { data: accounts, error, refetch } = useAccounts();
  const isPhone = useIsPhone();
  const shown = accounts && fitting(accounts, search);
  const create = me.is_guest ? undefined : (
    <Button component={Link} to="/accounts/new" size="xs" leftSection={<IconPlus size={15} aria-hidden />}>
      {text("accounts.new")}
    </Button>
  );
  return (
    <>
      <PageHeader title={text("accounts.title")}>{create}</PageHeader>
      {accounts?.length === 0 ? (
        <EmptyState
          title={text("accounts.empty_title")}
          lead={text(me.is_guest ? "accounts.empty_guest" : "accounts.empty_lead")}
          action={create}
        />
      ) : (
        <>
          <AccountFilters accounts={accounts ?? []} shown={shown?.length} />
          <div className={page.body}>
            {!accounts && (error ? <QueryFailed onRetry={refetch} /> : <Spinner />)}
            {shown?.length === 0 && (
              <EmptyState title={text("forms.none_fit")} lead={text("forms.none_fit_lead")} />
            )}
            {shown &&
              shown.length > 0 &&
              (isPhone ? <AccountCards rows={shown} /> : <AccountTable rows={shown} />)}
          </div>
        </>
      )}
      <Outlet />
    </>
  );
}
