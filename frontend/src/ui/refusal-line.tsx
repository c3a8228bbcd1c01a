import styles from "./refusal-line.module.css";

/** Why something was not done, told at once to those who listen. Nothing where nothing was refused. */
export function RefusalLine({ reason }: { reason: string | undefined }) {
  if (!reason) return null;
  return (
    <p className={styles.refusal} role="alert">
      {reason}
    </p>
  );
}
