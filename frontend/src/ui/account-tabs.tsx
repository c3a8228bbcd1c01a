import { Link } from "@tanstack/react-router";
import { useText } from "../i18n/language";
import styles from "./account-tabs.module.css";

/** The pages of an account: what it is, and all the work for it. */
export function AccountTabs({ code }: { code: string }) {
  const text = useText();
  return (
    <nav className={styles.tabs} aria-label={text("account.pages")}>
      <Link to="/accounts/$code" params={{ code }} className={styles.tab} activeOptions={{ exact: true }}>
        {text("account.overview")}
      </Link>
      <Link to="/accounts/$code/work" params={{ code }} className={styles.tab}>
        {text("account.work")}
      </Link>
    </nav>
  );
}
