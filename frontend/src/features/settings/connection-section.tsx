import { Button } from "@mantine/core";
import { useState, useSyncExternalStore } from "react";
import { get } from "../../api/client";
import type { TextKey } from "../../i18n/catalogue";
import { useText } from "../../i18n/language";
import {
  SLOW_MS,
  type StepName,
  type StepResult,
  type TestResults,
  testConnection,
} from "../../live/connection-test";
import { useMe } from "../../live/hooks";
import { howLive } from "../../live/how-live";
import { connection, openSocket, SOCKET_PATH } from "../../live/streams";
import { LiveMark } from "../../ui/live-mark";
import { Panel } from "../../ui/panel";
import { Tag } from "../../ui/tag";
import styles from "./connection-section.module.css";

const STEPS: StepName[] = ["http", "open", "echo", "trip"];

/** How this browser hears of changes by others, and a test that says where it is stuck. */
export function ConnectionSection() {
  const text = useText();
  const me = useMe();
  const socket = useSyncExternalStore(connection.state.subscribe, connection.state.get);
  const [results, setResults] = useState<TestResults | null>(null);
  const [isRunning, setRunning] = useState(false);
  const live = howLive(socket, true);

  const test = async () => {
    setRunning(true);
    const ask = () => get("/status");
    await testConnection({ ask, open: openSocket, stream: `user:${me.id}`, onChange: setResults });
    setRunning(false);
  };
  return (
    <Panel
      title={text("connection.title")}
      action={
        <Button size="compact-sm" variant="default" loading={isRunning} onClick={() => void test()}>
          {text(results ? "connection.again" : "connection.test")}
        </Button>
      }
    >
      <div className={styles.content}>
        <p>{text("connection.lead")}</p>
        <dl className={styles.steps}>
          <dt>{text("connection.now")}</dt>
          <dd>
            <LiveMark state={live} />
            <span className={styles.soft}>{text(`connection.now_${live}`)}</span>
          </dd>
          {results &&
            STEPS.map((name) => (
              <div key={name} className={styles.step}>
                <dt>{text(`connection.step_${name}`)}</dt>
                <dd>
                  <Outcome of={results[name]} isTime={name === "trip"} />
                </dd>
              </div>
            ))}
        </dl>
        {results && !isRunning && <Advice results={results} />}
      </div>
    </Panel>
  );
}

function Outcome({ of, isTime }: { of: StepResult; isTime: boolean }) {
  const text = useText();
  if (of.state !== "ok")
    return <Tag tone={of.state === "failed" ? "bad" : "plain"}>{text(`connection.${of.state}`)}</Tag>;
  const isSlow = isTime && of.ms > SLOW_MS;
  return (
    <Tag tone={isSlow ? "warn" : "good"}>
      {text(isTime ? "connection.ms" : "connection.ok", { count: of.ms })}
    </Tag>
  );
}

function Advice({ results }: { results: TestResults }) {
  const text = useText();
  const failed = STEPS.find((name) => results[name].state === "failed");
  const { trip } = results;
  let advice: TextKey = "connection.advice_good";
  if (failed) advice = failed === "trip" ? "connection.advice_echo" : `connection.advice_${failed}`;
  else if (trip.state === "ok" && trip.ms > SLOW_MS) advice = "connection.advice_slow";
  return (
    <section aria-label={text("connection.advice")} role="status">
      <h3>{text("connection.advice")}</h3>
      <p>{text(advice, { path: SOCKET_PATH })}</p>
      {failed && failed !== "http" && <p>{text("connection.advice_meanwhile")}</p>}
    </section>
  );
}
