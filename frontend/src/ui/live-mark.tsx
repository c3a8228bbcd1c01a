import { useText } from "../i18n/language";
import styles from "./live-mark.module.css";

export type LiveState = "live" | "slow" | "catching_up" | "offline";

/** Whether what you see is what is. Always with its word. */
export function LiveMark({ state, waiting = 0 }: { state: LiveState; waiting?: number }) {
  const text = useText();
  const hint = text(`live.${state}_hint`);
  const title = waiting ? `${hint} ${text("live.waiting", { count: waiting })}` : hint;
  return (
    <span className={`${styles.live} ${styles[state]}`} role="status" title={title}>
      <span className={styles.dot} />
      {text(`live.${state}`)}
    </span>
  );
}
