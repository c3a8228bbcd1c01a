import { useState } from "react";
import { ApiError } from "../../api/errors";
import type { DemoPerson } from "../../api/types";
import { useLocale } from "../../i18n/language";
import { nameIn } from "../../i18n/names";
import { pickLanguageAtTheDoor, signIn } from "../../live/session";
import { Avatar } from "../../ui/avatar";
import { FunctionBadge } from "../../ui/function-badge";
import styles from "./sign-in.module.css";

/** Every demo person has the same password, which is printed in the documentation. */
const DEMO_PASSWORD = "accord-demo";

export function DemoPeople({ people }: { people: DemoPerson[] }) {
  const { language, text } = useLocale();
  const [refusal, setRefusal] = useState("");
  const groups = Map.groupBy(people, (person) => person.function?.name ?? "");

  // Nobody chose the language of a made-up person: whoever looks around goes on in the one they are reading.
  async function enter(person: DemoPerson) {
    try {
      await pickLanguageAtTheDoor(language);
      await signIn(person.email, DEMO_PASSWORD);
    } catch (error) {
      setRefusal(error instanceof ApiError ? error.message : text("sign_in.no_answer"));
    }
  }

  return (
    <section className={styles.demo} aria-label={text("sign_in.demo_title")}>
      <h2>{text("sign_in.demo_title")}</h2>
      <p>{text("sign_in.demo_lead")}</p>
      {refusal && (
        <p className={styles.refusal} role="alert">
          {refusal}
        </p>
      )}
      <div className={styles.groups}>
        {[...groups].map(([name, members]) => (
          <div key={name} className={styles.group}>
            <h3>
              {members[0]?.function ? <FunctionBadge of={members[0].function} /> : text("sign_in.demo_other")}
            </h3>
            <ul>
              {members.map((person) => (
                <li key={person.email}>
                  <button type="button" onClick={() => void enter(person)}>
                    <Avatar person={person} size="medium" isNamed />
                    <span>
                      <b>{nameIn(language, person)}</b>
                      <small>{(language === "zh-Hans" && person.title_zh) || person.title}</small>
                    </span>
                  </button>
                </li>
              ))}
            </ul>
          </div>
        ))}
      </div>
    </section>
  );
}
