import styles from "./account-code.module.css";

/** The two letters by which everybody knows a customer. */
export function AccountCode({ code }: { code: string }) {
  return <span className={styles.code}>{code.slice(0, 4)}</span>;
}
