import styles from "./progress-bar.module.css";

/** How much of something is done, as a bar; the words beside it say how much. */
export function ProgressBar({ percent, label }: { percent: number; label: string }) {
  return (
    <span
      className={`${styles.bar} ${percent >= 100 ? styles.whole : ""}`}
      role="progressbar"
      aria-valuenow={percent}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-label={label}
    >
      <span style={{ width: `${Math.min(100, percent)}%` }} />
    </span>
  );
}
