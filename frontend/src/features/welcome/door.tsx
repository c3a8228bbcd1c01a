import type { ReactNode } from "react";
import { useText } from "../../i18n/language";
import { pickLanguageAtTheDoor } from "../../live/session";
import { Brand } from "../../ui/brand";
import { LanguageSwitch } from "../../ui/language-switch";
import styles from "./door.module.css";

/** The frame of the pages on which nobody is signed in yet. */
export function Door({ title, lead, children }: { title: string; lead?: ReactNode; children: ReactNode }) {
  const text = useText();
  return (
    <main className={styles.page}>
      <div className={styles.box}>
        <header className={styles.head}>
          <Brand size={36} />
          <span className={styles.name}>{text("app.name")}</span>
          <LanguageSwitch choose={pickLanguageAtTheDoor} />
        </header>
        <div className={styles.card}>
          <h1>{title}</h1>
          {lead && <p className={styles.lead}>{lead}</p>}
          {children}
        </div>
      </div>
    </main>
  );
}
