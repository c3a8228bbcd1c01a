import styles from "./spinner.module.css";

/** Appears only when something takes longer than a third of a second. */
export function Spinner({ label }: { label?: string }) {
  return <span className={styles.spinner} role="status" aria-label={label} />;
}
