import { useQuery } from "@tanstack/react-query";
import { get } from "../../api/client";
import type { Status } from "../../api/types";
import { useText } from "../../i18n/language";
import { pickLanguageAtTheDoor } from "../../live/session";
import { Brand } from "../../ui/brand";
import { LanguageSwitch } from "../../ui/language-switch";
import { DemoPeople } from "./demo-people";
import styles from "./sign-in.module.css";
import { SignInForm } from "./sign-in-form";

/** The way in: e-mail and password, and in the demo its people by name, one click each. */
export function SignInPage() {
  const text = useText();
  const { data: status, isPending } = useQuery({
    queryKey: ["status"],
    queryFn: () => get<Status>("/status"),
  });
  if (isPending) return null;
  if (status && !status.installed) location.replace("/setup");
  const people = status?.demo ? (status.demo_people ?? []) : [];

  return (
    <div className={styles.page}>
      <main className={`${styles.box} ${people.length ? styles.wide : ""}`}>
        <header className={styles.head}>
          <Brand size={36} />
          <div>
            <h1>{text("app.name")}</h1>
            <p>{text("sign_in.lead")}</p>
          </div>
          <LanguageSwitch choose={pickLanguageAtTheDoor} />
        </header>
        <div className={styles.ways}>
          {people.length > 0 && <DemoPeople people={people} />}
          <SignInForm isSecond={people.length > 0} />
        </div>
      </main>
    </div>
  );
}
