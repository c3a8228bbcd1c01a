import type { ReactNode } from "react";
import styles from "./tag.module.css";

export type Tone = "plain" | "good" | "warn" | "bad" | "accent";

/** A short fact in a box. */
export function Tag({
  tone = "plain",
  title,
  children,
}: {
  tone?: Tone;
  title?: string;
  children: ReactNode;
}) {
  return (
    <span className={`${styles.tag} ${styles[tone]}`} title={title}>
      {children}
    </span>
  );
}
