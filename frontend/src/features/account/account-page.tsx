import { Button } from "@mantine/core";
import { IconFlag3, IconPencil, IconPlus } from "@tabler/icons-react";
import { getRouteApi, Link, Outlet, useNavigate } from "@tanstack/react-router";
import { useEffect } from "react";
import { isMissing } from "../../api/errors";
import { useText } from "../../i18n/language";
import { useLiveAccount } from "../../live/account-hooks";
import { useNameOf } from "../../live/hooks";
import { AccountTabs } from "../../ui/account-tabs";
import { EmptyState } from "../../ui/empty-state";
import { LiveMark } from "../../ui/live-mark";
import { PageHeader } from "../../ui/page-header";
import { QueryFailed } from "../../ui/query-failed";
import { Spinner } from "../../ui/spinner";
import { useActions } from "../../ui/use-actions";
import { Announcements } from "../announcements/announcements";
import { AccountHead } from "./account-head";
import styles from "./account-page.module.css";
import { Initiatives } from "./initiatives";
import { Notes } from "./notes";
import { Subsidiaries } from "./subsidiaries";
import { Team } from "./team";

const route = getRouteApi("/shell/accounts/$code");

/** Everything about one customer. */
export function AccountPage() {
  const { code } = route.useParams();
  const text = useText();
  const nameOf = useNameOf();
  const navigate = useNavigate();
  const { data: account, error, refetch, live } = useLiveAccount(code);
  const name = account && nameOf(account);

  const canWork = account?.can.includes("work") ?? false;
  useActions("page", [
    {
      id: "create.initiative", // for this account, in place of one for none
      group: "create",
      word: "initiatives.new",
      icon: IconFlag3,
      about: () => name,
      isOffered: () => canWork,
      run: () => void navigate({ to: "/accounts/$code/new-initiative", params: { code } }),
    },
  ]);
  useEffect(() => {
    if (name) document.title = `${name} · Accord`;
  }, [name]);

  if (isMissing(error))
    return (
      <EmptyState
        title={text("error.missing_title")}
        lead={text("error.missing_lead")}
        action={
          <Button component={Link} to="/accounts">
            {text("error.missing_action")}
          </Button>
        }
      />
    );
  if (!account) return error ? <QueryFailed onRetry={refetch} /> : <Spinner />;
  const canManage = account.can.includes("manage");
  const back = (
    <Link to="/accounts" className={styles.back}>
      {text("accounts.title")} <span aria-hidden="true">/</span>
    </Link>
  );
  return (
    <>
      <PageHeader title={name} lead={back}>
        <AccountTabs code={code} />
        <LiveMark state={live} />
      </PageHeader>
      <div className={styles.body}>
        <AccountHead account={account}>
          {canManage && (
            <Button
              renderRoot={(props) => <Link to="/accounts/$code/edit" params={{ code }} {...props} />}
              variant="default"
              size="xs"
              leftSection={<IconPencil size={15} stroke={1.7} aria-hidden />}
            >
              {text("action.edit")}
            </Button>
          )}
          {canWork && (
            <Button
              renderRoot={(props) => (
                <Link to="/accounts/$code/new-initiative" params={{ code }} {...props} />
              )}
              size="xs"
              leftSection={<IconPlus size={15} aria-hidden />}
            >
              {text("initiatives.new")}
            </Button>
          )}
        </AccountHead>
        <div className={styles.columns}>
          <div className={styles.column}>
            <Announcements
              place={{ kind: "account", id: account.id }}
              canAnnounce={account.can.includes("work")}
            />
            <Initiatives account={account} />
            <Notes key={account.id} account={account} />
          </div>
          <div className={styles.column}>
            <Team account={account} canManage={canManage} />
            <Subsidiaries account={account} />
          </div>
        </div>
      </div>
      <Outlet />
    </>
  );
}
