import { createContext, type ReactNode, use, useState } from "react";
import type { Priority } from "../../api/types";
import { daysBetween, useFormat } from "../../i18n/format";
import { useText } from "../../i18n/language";
import { changeTask } from "../../live/commands";
import { useNameOf, useWorkspace } from "../../live/hooks";
import { doneWriting, writingIn } from "../../live/looking";
import { useOthers } from "../../live/presence-hooks";
import { DateField } from "../../ui/date-field";
import { DueChip } from "../../ui/due-chip";
import { Faces } from "../../ui/faces";
import { FunctionPicker } from "../../ui/function-picker";
import { PersonPicker } from "../../ui/person-picker";
import { Picker } from "../../ui/picker";
import { PriorityIcon } from "../../ui/priority-icon";
import { AssigneesField } from "./assignees-field";
import { useCard } from "./card-context";
import { isClosed, useCardChoices } from "./card-names";
import { ChangedBy } from "./changed-by";
import changed from "./changed-by.module.css";
import { EstimateField } from "./estimate-field";
import styles from "./fields.module.css";
import { LabelsField } from "./labels-field";
import { StatusField } from "./status-field";
import { mayOwn, useCardKeys } from "./use-card-keys";
import { useRecent } from "./use-recent";
import { WatchersField } from "./watchers-field";

const RecentContext = createContext<ReadonlyMap<string, number>>(new Map());
const PRIORITIES = ["urgent", "high", "medium", "low"] as const;

/** The facts of the card; each changes where it stands, and shows at once. */
export function Fields() {
  const { store, task, project, statuses, canWork } = useCard();
  const text = useText();
  const format = useFormat();
  const nameOf = useNameOf();
  const directory = useWorkspace();
  const choicesBy = useCardChoices();
  const change = (what: Parameters<typeof changeTask>[2]) => changeTask(store, task.id, what);
  const isDone = isClosed(statuses.find(({ id }) => id === task.status)?.category);
  const parent = task.parent === null ? undefined : store.card(task.parent);
  const days = daysBetween(task.entered_at.slice(0, 10), format.today());
  const isNear = task.due !== null && !isDone && daysBetween(format.today(), task.due) <= 2;
  const isOff = !canWork;
  useCardKeys();
  const [isWhole, setWhole] = useState(false);
  const recent = useRecent();
  return (
    <RecentContext value={recent}>
      <dl className={`${styles.fields} ${isWhole ? styles.whole : ""}`}>
        <Row of="status" label={text("card.status")} isFirst>
          <StatusField />
          {days > 0 && <span className={styles.aside}>{text("card.for_days", { count: days })}</span>}
        </Row>
        <Row of="function" label={text("card.function")} isFirst>
          <FunctionPicker
            label={text("card.function")}
            functions={directory.functions}
            chosen={task.function}
            isDisabled={isOff}
            onChange={(id) => change({ function: id })}
          />
        </Row>
        <Row of="owner" label={text("card.owner")} isFirst>
          <PersonPicker
            label={text("card.owner")}
            directory={directory}
            chosen={task.owner}
            none={text("person.nobody")}
            isDisabled={isOff}
            isOffered={mayOwn}
            onChange={(owner) => change({ owner })}
          />
        </Row>
        <Row of="assignees" label={text("card.helping")}>
          <AssigneesField />
        </Row>
        <Row of="priority" label={text("priority.label")}>
          <Picker
            label={text("priority.label")}
            choices={PRIORITIES.map((id) => ({
              id,
              name: text(`priority.${id}`),
              icon: <PriorityIcon priority={id} />,
            }))}
            chosen={task.priority ? [task.priority] : []}
            none={text("priority.none")}
            isDisabled={isOff}
            onChange={([priority = ""]) => change({ priority: priority as Priority })}
          >
            <PriorityIcon priority={task.priority} />
            <span className={task.priority ? "" : styles.none}>
              {text(`priority.${task.priority || "none"}`)}
            </span>
          </Picker>
        </Row>
        <Row of="start" label={text("card.start")}>
          <DateField
            label={text("card.start")}
            day={task.start}
            isDisabled={isOff}
            onChange={(start) => change({ start })}
          />
        </Row>
        <Row of="due" label={text("card.due")} isFirst>
          <DateField
            label={text("card.due")}
            day={task.due}
            from={task.start}
            isDisabled={isOff}
            onChange={(due) => change({ due })}
          >
            {task.due && isNear && (
              <>
                <DueChip due={task.due} />
                <span>{format.date(task.due)}</span>
              </>
            )}
          </DateField>
        </Row>
        <Row of="estimate" label={text("card.estimate")}>
          <EstimateField key={task.estimate} />
        </Row>
        <Row of="labels" label={text("card.labels")}>
          <LabelsField />
        </Row>
        <Row of="parent" label={text("card.parent")}>
          <Picker
            label={text("card.parent")}
            choices={choicesBy(
              (card) => (card.parent === null ? [] : [card.parent]),
              text("card.circle_parent"),
            )}
            chosen={task.parent === null ? [] : [task.parent]}
            none={text("card.no_parent")}
            isDisabled={isOff}
            onChange={([id]) => change({ parent: id === undefined ? null : Number(id) })}
          >
            <span className={parent ? styles.clip : styles.none}>
              {parent ? `${project.key}-${parent.number} ${parent.title}` : text("card.no_parent")}
            </span>
          </Picker>
        </Row>
        <Row of="watcher" label={text("card.watchers")}>
          <WatchersField />
        </Row>
        <Row label={text("card.initiative")}>
          <span className={styles.plain}>{nameOf(project)}</span>
        </Row>
      </dl>
      <button
        type="button"
        className={styles.more}
        aria-expanded={isWhole}
        onClick={() => setWhole(!isWhole)}
      >
        {text(isWhole ? "card.fewer_facts" : "card.all_facts")}
      </button>
    </RecentContext>
  );
}

type RowProps = { of?: string; label: string; isFirst?: boolean; children: ReactNode };

/**
 * On a phone the first facts are those that matter most; the rest comes when asked for. Who else is at a fact, or has
 * just changed it, shows beside it.
 */
function Row({ of, label, isFirst, children }: RowProps) {
  const { store, task } = useCard();
  const recent = use(RecentContext);
  const others = useOthers(store.stream, { task: task.id, field: of ?? "" });
  const person = of ? recent.get(of) : undefined;
  const isTaken = of !== undefined && others.length > 0;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only tells the others where one is
    <div
      className={`${styles.row} ${isFirst ? "" : styles.later}`}
      onFocus={of ? () => writingIn(of) : undefined}
      onBlur={of ? () => doneWriting(of) : undefined}
    >
      <dt>{label}</dt>
      <dd className={person ? changed.fresh : isTaken ? styles.taken : ""}>
        {children}
        <span className={styles.others}>
          {isTaken ? <Faces people={others} /> : <ChangedBy person={person} />}
        </span>
      </dd>
    </div>
  );
}
