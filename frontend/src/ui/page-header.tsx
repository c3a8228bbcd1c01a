import type { ReactNode } from "react";
import styles from "./page-header.module.css";

/** The 52 px head of every page: where you are on the left, state and actions on the right. */
export function PageHeader({
  title,
  lead,
  children,
}: {
  title: ReactNode;
  lead?: ReactNode;
  children?: ReactNode;
}) {
  return (
    <header className={styles.head}>
      {lead}
      <h1 className={styles.title}>{title}</h1>
      <span className={styles.grow} />
      {children}
    </header>
  );
}
