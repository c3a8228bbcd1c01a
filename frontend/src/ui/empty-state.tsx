import type { ReactNode } from "react";
import styles from "./empty-state.module.css";

/** An empty screen teaches: one sentence, one button. */
export function EmptyState({ title, lead, action }: { title: string; lead: string; action?: ReactNode }) {
  return (
    <div className={styles.empty}>
      <h2>{title}</h2>
      <p>{lead}</p>
      {action}
    </div>
  );
}
