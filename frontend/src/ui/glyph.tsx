import styles from "./glyph.module.css";

/** Class names that draw the named picture before an element's own content; unknown names become a plain dot. */
export function glyphClass(name: string): string {
  return `${styles.glyph} ${styles[name] ?? styles.dot}`;
}

/** A picture beside a word that says the same. Alone, it needs a `label`. */
export function Glyph({ name, label, size }: { name: string; label?: string; size?: number }) {
  const named = label ? { role: "img", "aria-label": label, title: label } : { "aria-hidden": true };
  return (
    <span
      className={`${glyphClass(name)} ${styles.alone}`}
      style={size ? { "--glyph-size": `${size}px` } : undefined}
      {...named}
    />
  );
}
