import { Outlet } from "@tanstack/react-router";
import { lazy, Suspense, useEffect, useSyncExternalStore } from "react";
import { useText } from "../i18n/language";
import { useSession } from "../live/hooks";
import { startFollowing } from "../live/streams";
import { workspace } from "../live/workspace";
import { Spinner } from "../ui/spinner";
import { chooseTheme } from "./appearance";
import { OfflineStrip } from "./offline-strip";
import { Overlays } from "./overlays";
import { Rail } from "./rail";
import { Refusals } from "./refusals";
import styles from "./shell.module.css";
import { Undoing } from "./undoing";
import { UpdateOffer } from "./update-offer";

const SignInPage = lazy(() =>
  import("../features/sign-in/sign-in-page").then((page) => ({ default: page.SignInPage })),
);

/** The frame around every page for those who are signed in; for others the way in, at the same address. */
export function Shell() {
  const session = useSession();
  const isReady = useSyncExternalStore(workspace.subscribe, workspace.get) !== null;
  const text = useText();
  const me = session.state === "in" ? session.me : null;

  useEffect(() => {
    if (me) chooseTheme(me.theme);
  }, [me]);
  useEffect(() => {
    if (me?.id) void startFollowing(me.id);
  }, [me?.id]);

  if (session.state === "out")
    return (
      <Suspense>
        <SignInPage />
      </Suspense>
    );
  if (!me || !isReady) return <Spinner />;
  return (
    <div className={styles.shell}>
      <a className={styles.skip} href="#content">
        {text("app.skip")}
      </a>
      <Rail me={me} />
      <Refusals />
      <Undoing />
      <UpdateOffer />
      <main className={styles.page} id="content" tabIndex={-1}>
        <OfflineStrip />
        <Suspense fallback={<Spinner />}>
          <Outlet />
        </Suspense>
      </main>
      <Overlays />
    </div>
  );
}
