import { useEffect, useState, useSyncExternalStore } from "react";
import { useFormat } from "../i18n/format";
import { useText } from "../i18n/language";
import { asOf } from "../live/kept";
import { outbox } from "../live/streams";
import { Observable } from "../observable";
import styles from "./offline-strip.module.css";

/** A line that comes back sooner isn't worth moving the page for. */
const WORTH_SAYING_MS = 3000;
const zero = new Observable(0);

/** While the server can't be heard: as of when the page is true, and what waits to be sent. */
export function OfflineStrip() {
  const text = useText();
  const format = useFormat();
  const since = useSyncExternalStore(asOf.subscribe, asOf.get);
  const queue = outbox?.waiting ?? zero;
  const waiting = useSyncExternalStore(queue.subscribe, queue.get);
  const isOffline = since !== null;
  const [isWorthSaying, setWorthSaying] = useState(false);

  useEffect(() => {
    if (!isOffline) return setWorthSaying(false);
    const timer = setTimeout(() => setWorthSaying(true), WORTH_SAYING_MS);
    return () => clearTimeout(timer);
  }, [isOffline]);

  if (since === null || !isWorthSaying) return null;
  return (
    <p className={styles.strip} role="note" title={text("live.as_of_hint")}>
      <span>{text("live.as_of", { when: format.clock(new Date(since).toISOString()) })}</span>
      {waiting > 0 && <span className={styles.waiting}>{text("live.waiting", { count: waiting })}</span>}
    </p>
  );
}
