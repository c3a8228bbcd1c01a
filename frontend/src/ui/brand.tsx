import styles from "./brand.module.css";

/** The mark: two sides that meet. */
export function Brand({ size = 28 }: { size?: number }) {
  return (
    <span className={styles.brand} style={{ width: size, height: size }}>
      <svg width="57%" height="57%" viewBox="0 0 16 16" aria-hidden="true">
        <path d="M2.5 13 8 3l5.5 10M5.2 9.6h5.6" />
      </svg>
    </span>
  );
}
