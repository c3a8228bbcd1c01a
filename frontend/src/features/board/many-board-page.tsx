import { Button } from "@mantine/core";
import { Link, Outlet, useNavigate, useParams } from "@tanstack/react-router";
import { useCallback, useEffect, useMemo, useState, useSyncExternalStore } from "react";
import { isMissing } from "../../api/errors";
import type { BoardRef } from "../../api/types";
import { useText } from "../../i18n/language";
import { useProjectsIn } from "../../live/board-hooks";
import { viewsOf } from "../../live/board-views";
import { useNameOf, useWorkspace } from "../../live/hooks";
import { belongsTo, ManyBoardsSource } from "../../live/many-boards";
import { useAccount } from "../../live/query-hooks";
import { EmptyState } from "../../ui/empty-state";
import { QueryFailed } from "../../ui/query-failed";
import { Spinner } from "../../ui/spinner";
import { BoardBody } from "./board-body";
import { BoardContext } from "./board-context";
import { BoardDialogs } from "./board-dialogs";
import { ManyHeader } from "./many-header";
import { useBoardOf, useViews } from "./use-board";
import { useLook } from "./use-look";

/** A board over several initiatives: which one, the address says. */
export function ManyBoardPage() {
  const { code, function: queue, team } = useParams({ strict: false });
  const { functions, teams } = useWorkspace();
  const nameOf = useNameOf();
  const text = useText();
  if (code !== undefined) return <AccountWork code={code} />;
  const fn = [...functions.values()].find((one) => one.code === queue);
  const crew = teams.get(Number(team));
  if (queue !== undefined)
    return fn ? (
      <Opened reference={`function:${fn.id}`} title={text("many.queue", { name: nameOf(fn) })} />
    ) : (
      <Missing />
    );
  if (team !== undefined)
    return crew ? (
      <Opened reference={`team:${crew.id}`} title={text("many.team", { name: nameOf(crew) })} />
    ) : (
      <Missing />
    );
  return <Opened reference="mine" title={text("many.mine")} />;
}

function AccountWork({ code }: { code: string }) {
  const nameOf = useNameOf();
  const { data: account, error, refetch } = useAccount(code);
  if (isMissing(error)) return <Missing />;
  if (!account) return error ? <QueryFailed onRetry={refetch} /> : <Spinner />;
  return <Opened reference={`account:${account.id}`} title={nameOf(account)} code={code} />;
}

function Opened(props: { reference: BoardRef; title: string; code?: string }) {
  return <ManyBoard key={props.reference} {...props} />;
}

type ManyBoardProps = { reference: BoardRef; title: string; code?: string };

function ManyBoard({ reference, title, code }: ManyBoardProps) {
  const [source] = useState(() => new ManyBoardsSource(reference));
  const phase = useSyncExternalStore(source.phase.subscribe, source.phase.get);
  const text = useText();
  useEffect(() => source.start(), [source]);
  useEffect(() => {
    document.title = `${title} · Accord`;
  }, [title]);

  if (phase === "missing") return <Missing />;
  if (phase === "failed") return <QueryFailed onRetry={() => source.ask()} />;
  if (phase === "too_many")
    return (
      <EmptyState
        title={text("many.too_many_title")}
        lead={text("many.too_many_lead")}
        action={<ToInitiatives />}
      />
    );
  return phase === "ready" ? <ReadyBoard source={source} title={title} code={code} /> : <Spinner />;
}

function ReadyBoard({ source, title, code }: { source: ManyBoardsSource; title: string; code?: string }) {
  const { reference, set } = source;
  const text = useText();
  const projects = useProjectsIn(set);
  const workspace = useWorkspace();
  const views = viewsOf(reference);
  const known = useViews({ views });
  const { settings, look } = useLook(true, known.views, known.default);
  // Who is in a team changes whose cards these are.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  const isIn = useMemo(() => belongsTo(reference), [reference, workspace.teams]);

  useEffect(() => {
    void views.load();
  }, [views]);
  const open = useOpenCard();
  const openCard = useCallback(
    (id: number) => {
      const store = set.boardOf(id);
      open(`${store?.facts.get()?.project.key}-${store?.card(id)?.number}`);
    },
    [set, open],
  );
  const board = useBoardOf(
    { reference, isMany: true, set, projects, statuses: NONE, transitions: NONE, isIn, openCard },
    { settings, look },
  );
  const kind = reference.split(":")[0] as "mine" | "account" | "function" | "team";
  const empty = (
    <EmptyState
      title={text(`many.empty_${kind}_title`)}
      lead={text(`many.empty_${kind}_lead`)}
      action={<ToInitiatives />}
    />
  );
  return (
    <BoardContext value={board}>
      <ManyHeader source={source} title={title} code={code} />
      <BoardBody empty={empty} />
      <BoardDialogs />
      <Outlet />
    </BoardContext>
  );
}

const NONE: never[] = [];

/** Opens a card over this board, at an address below the board's own. */
function useOpenCard() {
  const { code, function: queue, team } = useParams({ strict: false });
  const navigate = useNavigate();
  return useCallback(
    (cardKey: string) => {
      const search = <T,>(now: T) => now;
      if (code) return navigate({ to: "/accounts/$code/work/$cardKey", params: { code, cardKey }, search });
      if (queue)
        return navigate({ to: "/queues/$function/$cardKey", params: { function: queue, cardKey }, search });
      if (team) return navigate({ to: "/teams/$team/$cardKey", params: { team, cardKey }, search });
      return navigate({ to: "/mine/$cardKey", params: { cardKey }, search });
    },
    [code, queue, team, navigate],
  );
}

function ToInitiatives() {
  const text = useText();
  return (
    <Button component={Link} to="/initiatives">
      {text("many.to_initiatives")}
    </Button>
  );
}

function Missing() {
  const text = useText();
  return (
    <EmptyState
      title={text("error.missing_title")}
      lead={text("error.missing_lead")}
      action={<ToInitiatives />}
    />
  );
}
