import { useEffect, useMemo, useState, useSyncExternalStore } from "react";
import type {
  BoardProject,
  BoardRef,
  TaskRow,
  Team,
  Transition,
  ViewSettings,
  WorkStatus,
} from "../../api/types";
import { dayIn, useFormat } from "../../i18n/format";
import { useLocale } from "../../i18n/language";
import { nameIn } from "../../i18n/names";
import type { BoardSet } from "../../live/board-set";
import { viewsOf } from "../../live/board-views";
import { useMe, useWorkspace } from "../../live/hooks";
import { useIsPhone } from "../../ui/use-is-phone";
import { Arrangement } from "./arrangement";
import type { Board } from "./board-context";
import { BoardView } from "./board-view";
import { type CardTest, testOf, testsFor } from "./filter";
import { groupingBy } from "./groupings";
import { readQuery, type Term } from "./query";
import { compareBy } from "./sorts";

export type BoardSource = {
  reference: BoardRef;
  isMany: boolean;
  set: BoardSet;
  projects: readonly BoardProject[];
  /** Of a board of one initiative, in order. */
  statuses: WorkStatus[];
  transitions: Transition[];
  isIn: CardTest;
  openCard: (id: number) => void;
};
type Look = { settings: ViewSettings; look: (change: Partial<ViewSettings>) => void };

const NO_STATUSES: WorkStatus[] = [];
const NO_WAYS: Transition[] = [];

/** Everything that the parts of a board need, made of where its cards come from and of how it is looked at. */
export function useBoardOf(source: BoardSource, { settings, look }: Look): Board {
  const { reference, isMany, set, projects, statuses, transitions, isIn, openCard } = source;
  const format = useFormat();
  const { text, language, timeZone } = useLocale();
  const me = useMe();
  const workspace = useWorkspace();
  const isPhone = useIsPhone();
  const [view] = useState(() => new BoardView());
  const today = format.today();
  const terms = useMemo(() => readQuery(settings.filter), [settings.filter]);

  const facts = useMemo(() => {
    const statusById = new Map(statuses.map((status) => [status.id, status]));
    for (const workflow of workspace.workflows.values())
      for (const status of workflow.statuses)
        if (!statusById.has(status.id)) statusById.set(status.id, status);
    const projectById = new Map(projects.map((project) => [project.id, project]));
    const statusOf = (card: TaskRow) => statusById.get(card.status);
    const projectOf = (card: TaskRow) => projectById.get(set.boardOf(card.id)?.projectId ?? 0);
    const countOf = (project: number) => (status: number) =>
      set.boards
        .get()
        .find(({ projectId }) => projectId === project)
        ?.column(status).length ?? 0;
    const rulesOf = (card: TaskRow) => {
      const project = projectOf(card);
      const workflow = isMany ? workspace.workflows.get(project?.workflow ?? 0) : undefined;
      return {
        statuses: isMany ? (workflow?.statuses ?? NO_STATUSES) : statuses,
        transitions: isMany ? (workflow?.transitions ?? NO_WAYS) : transitions,
        countOf: countOf(project?.id ?? 0),
        mover: { function: me.function, isAdministrator: me.is_administrator, can: project?.can ?? [] },
        today,
      };
    };
    const mayWork = (card: TaskRow) => projectOf(card)?.can.includes("work") ?? false;
    const keyOf = (card: TaskRow) =>
      card.number > 0 ? `${projectOf(card)?.key ?? ""}-${card.number}` : text("board.new_key");
    return { statusOf, projectOf, rulesOf, mayWork, keyOf };
  }, [set, projects, statuses, transitions, workspace, me, today, isMany, text]);

  const plan = useMemo(() => {
    const { statusOf, projectOf } = facts;
    const collator = new Intl.Collator(language, { numeric: true });
    const nameOf = (thing: { name: string; name_zh: string }) => nameIn(language, thing);
    const known = { workspace, statuses, statusOf, projectOf, projects, today, text, nameOf, collator };
    const around = {
      me,
      today,
      now: Date.now(),
      workspace,
      card: set.card,
      statusOf,
      projectOf,
      changedAt: (id: number) => set.boardOf(id)?.changedAt(id),
      dayOf: (instant: number) => dayIn(timeZone, new Date(instant)),
    };
    const tests = testsFor(around);
    const passing = (asked: Term[]) => testOf(asked, tests, around);
    const columns = groupingBy(settings.columns, known);
    const lanes = settings.lanes && !isPhone ? groupingBy(settings.lanes, known) : null;
    const arrangement = new Arrangement(set, {
      isIn,
      passes: passing(terms),
      columnOf: columns.keyOf,
      laneOf: lanes ? lanes.keyOf : () => "",
      compare: compareBy(settings.sort, { statusOf, projectOf, collator }),
      looksAround: terms.some(({ field, values }) => field === "is" && values.includes("blocked")),
    });
    return { tests, passing, columns, lanes, arrangement };
  }, [
    set,
    facts,
    workspace,
    statuses,
    projects,
    today,
    text,
    language,
    timeZone,
    me,
    isIn,
    terms,
    settings,
    isPhone,
  ]);
  useEffect(() => plan.arrangement.open(), [plan.arrangement]);

  return useMemo(
    () => ({
      reference,
      isMany,
      set,
      view,
      views: viewsOf(reference),
      settings,
      look,
      terms,
      ...plan,
      isOrdered: settings.columns === "status" && settings.sort === "rank",
      projects,
      statuses,
      ...facts,
      canAdd:
        isAddable(reference, me.id, workspace.teams) && projects.some(({ can }) => can.includes("work")),
      isIn,
      me,
      openCard,
    }),
    [
      reference,
      isMany,
      set,
      view,
      settings,
      look,
      terms,
      plan,
      projects,
      statuses,
      facts,
      isIn,
      me,
      openCard,
      workspace.teams,
    ],
  );
}

/** A new card of a team's board is owned by who adds it, and would be elsewhere if that is nobody of the team. */
function isAddable(reference: BoardRef, me: number, teams: ReadonlyMap<number, Team>): boolean {
  const [kind, id] = reference.split(":");
  return kind !== "team" || (teams.get(Number(id))?.members.includes(me) ?? false);
}

/** The views of a board and what the person has folded there. */
export function useViews(board: Pick<Board, "views">) {
  const { shown } = board.views;
  return useSyncExternalStore(shown.subscribe, shown.get);
}
