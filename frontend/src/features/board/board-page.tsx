import { getRouteApi, Link } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { isMissing } from "../../api/errors";
import { useText } from "../../i18n/language";
import { boards } from "../../live/boards";
import { EmptyState } from "../../ui/empty-state";
import main from "../../ui/main-button.module.css";
import { Spinner } from "../../ui/spinner";
import { OpenBoardPage } from "./open-board-page";

const route = getRouteApi("/shell/b/$projectKey");

/** The board of the initiative that the address names, once it is here. */
export function BoardPage() {
  const { projectKey } = route.useParams();
  return <Opening key={projectKey} projectKey={projectKey} />;
}

/**
 * Waits by state and not by Suspense: React holds back what comes after a fallback for 300 ms, and a board is
 * here sooner.
 */
function Opening({ projectKey }: { projectKey: string }) {
  const [store, setStore] = useState(() => boards.byKey(projectKey));
  const [error, setError] = useState<unknown>(null);
  useEffect(() => {
    boards.open(projectKey).then(setStore, setError);
  }, [projectKey]);

  if (error) return <NoBoard error={error} />;
  return store ? <OpenBoardPage key={store.stream} store={store} /> : <Spinner />;
}

/** There is none, or it could not be fetched. */
function NoBoard({ error }: { error: unknown }) {
  const text = useText();
  if (isMissing(error)) {
    return (
      <EmptyState
        title={text("error.missing_title")}
        lead={text("error.missing_lead")}
        action={
          <Link className={main.button} to="/initiatives">
            {text("board.gone_action")}
          </Link>
        }
      />
    );
  }
  return (
    <EmptyState
      title={text("board.failed")}
      lead={text("error.offline")}
      action={
        <button type="button" className={main.button} onClick={() => location.reload()}>
          {text("action.retry")}
        </button>
      }
    />
  );
}
