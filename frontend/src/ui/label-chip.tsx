import styles from "./label-chip.module.css";

const COLOURS = new Set(["grey", "blue", "amber", "violet", "green", "red", "teal"]);

/** A label: a dot of its colour and its name; without a name, the dot alone. */
export function LabelChip({ color, name }: { color: string; name?: string }) {
  const ink = `var(--status-${COLOURS.has(color) ? color : "grey"})`;
  return (
    <span className={name ? styles.chip : ""}>
      <span className={styles.dot} style={{ background: ink }} />
      {name}
    </span>
  );
}
