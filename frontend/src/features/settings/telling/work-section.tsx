import { useQuery } from "@tanstack/react-query";
import { get } from "../../../api/client";
import type { BackgroundWork, Queue } from "../../../api/ways-types";
import type { TextKey } from "../../../i18n/catalogue";
import { useFormat } from "../../../i18n/format";
import { useText } from "../../../i18n/language";
import { type Column, DataTable } from "../../../ui/data-table";
import page from "../../../ui/page.module.css";
import { Panel } from "../../../ui/panel";
import { QueryFailed } from "../../../ui/query-failed";
import { Spinner } from "../../../ui/spinner";
import { DeliveriesPanel } from "./deliveries-panel";
import { FailedPanel } from "./failed-panel";
import { SchedulesPanel } from "./schedules-panel";
import styles from "./telling.module.css";

const REFRESH_MS = 5000;

/** For administrators: what the server does by itself, and what went wrong with it. */
export function WorkSection() {
  const { data, error, refetch } = useQuery({
    queryKey: ["work"],
    queryFn: () => get<BackgroundWork>("/background-work"),
    refetchInterval: REFRESH_MS,
  });
  if (!data) return error ? <QueryFailed onRetry={refetch} /> : <Spinner />;
  return (
    <>
      <Queues work={data} />
      <FailedPanel work={data} onChanged={refetch} />
      <SchedulesPanel schedules={data.schedules} onChanged={refetch} />
      <DeliveriesPanel />
    </>
  );
}

function Queues({ work }: { work: BackgroundWork }) {
  const text = useText();
  const format = useFormat();
  const count = (id: "waiting" | "running" | "later" | "failed"): Column<Queue> => ({
    id,
    head: text(`work.${id}`),
    align: "end",
    cell: (row) => format.number(row[id]),
  });
  const columns: Column<Queue>[] = [
    {
      id: "name",
      head: text("work.queue"),
      cell: ({ name, oldest }) => (
        <>
          {text(`work.queue_${name}` as TextKey)}
          {oldest && <span className={page.small}> {text("work.oldest", { when: format.ago(oldest) })}</span>}
        </>
      ),
    },
    count("waiting"),
    count("running"),
    count("later"),
    count("failed"),
  ];
  const workers = work.workers.length;
  return (
    <Panel title={text("work.title")} aside={text("work.workers", { count: workers })}>
      <p className={styles.lead}>{text("work.lead")}</p>
      {workers === 0 && <p className={styles.note}>{text("work.nobody")}</p>}
      <DataTable label={text("work.title")} columns={columns} rows={work.queues} keyOf={({ name }) => name} />
    </Panel>
  );
}
