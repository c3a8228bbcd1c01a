import { Link, Outlet, useNavigate } from "@tanstack/react-router";
import { useCallback, useEffect, useMemo } from "react";
import { useText } from "../../i18n/language";
import { useFacts, usePhase } from "../../live/board-hooks";
import { BoardSet } from "../../live/board-set";
import type { BoardStore } from "../../live/board-store";
import { viewsOf } from "../../live/board-views";
import { useNameOf } from "../../live/hooks";
import { whenIdle } from "../../live/when-idle";
import { EmptyState } from "../../ui/empty-state";
import main from "../../ui/main-button.module.css";
import { whenFetched } from "../../ui/when-fetched";
import { AnnouncementBar as Announcements } from "../announcements/announcement-bar";
import { BoardBody } from "./board-body";
import { BoardContext } from "./board-context";
import { BoardDialogs } from "./board-dialogs";
import { BoardHeader } from "./board-header";
import { useBoardOf, useViews } from "./use-board";
import { useLive } from "./use-live";
import { useLook } from "./use-look";

/** What is announced can wait until the cards are there. */
const AnnouncementBar = whenFetched(async () => {
  await new Promise<void>(whenIdle);
  return { default: Announcements };
});

const everything = () => true;

/** A board that has its snapshot: follows it, and gives its parts what they all need. */
export function OpenBoardPage({ store }: { store: BoardStore }) {
  const navigate = useNavigate();
  const text = useText();
  const nameOf = useNameOf();
  const { project, statuses, transitions } = useFacts(store);
  const phase = usePhase(store);
  const { live, waiting } = useLive(store);
  const reference = `project:${project.id}` as const;
  const views = viewsOf(reference);
  const known = useViews({ views });
  const { settings, look } = useLook(false, known.views, known.default);
  const title = nameOf(project);
  const set = useMemo(() => {
    const one = new BoardSet();
    one.add(store);
    return one;
  }, [store]);
  const projects = useMemo(() => [project], [project]);

  useEffect(() => {
    document.title = `${title} · Accord`;
  }, [title]);
  useEffect(() => {
    void views.load();
  }, [views]);

  const openCard = useCallback(
    (id: number) => {
      const params = { projectKey: project.key, cardKey: `${project.key}-${store.card(id)?.number}` };
      void navigate({ to: "/b/$projectKey/$cardKey", params, search: (search) => search });
    },
    [project.key, store, navigate],
  );
  const board = useBoardOf(
    { reference, isMany: false, set, projects, statuses, transitions, isIn: everything, openCard },
    { settings, look },
  );

  if (phase === "gone")
    return (
      <EmptyState
        title={text("board.gone_title")}
        lead={text("board.gone_lead")}
        action={
          <Link className={main.button} to="/initiatives">
            {text("board.gone_action")}
          </Link>
        }
      />
    );
  return (
    <BoardContext value={board}>
      <BoardHeader project={project} stream={store.stream} live={live} waiting={waiting} />
      <AnnouncementBar store={store} />
      <BoardBody />
      <BoardDialogs />
      <Outlet />
    </BoardContext>
  );
}
