import { useState } from "react";
import type { Task } from "../../api/types";
import { useText } from "../../i18n/language";
import { draftOf } from "../../live/drafts";
import { useNameOf, useWorkspace } from "../../live/hooks";
import { writingIn } from "../../live/looking";
import { sendDeed } from "../../live/sent-deeds";
import { Document } from "../../ui/document";
import { useCard } from "./card-context";
import styles from "./card-sheet.module.css";
import { ChangedBy } from "./changed-by";
import { useRecent } from "./use-recent";
import { useWriting } from "./use-writing";
import { Writers } from "./writers";

export function Description() {
  const { task, details, me, canWork } = useCard();
  const text = useText();
  const nameOf = useNameOf();
  const { people } = useWorkspace();
  const writing = useWriting();
  const recent = useRecent();
  const [draft] = useState(() => draftOf(`${me.id}.task.${task.id}.description`));
  const authorName = (id: number) => {
    const person = people.get(id);
    return person && nameOf(person);
  };
  return (
    <section
      className={styles.section}
      aria-label={text("card.description")}
      onInput={() => writingIn("description")}
    >
      <Writers field="description" />
      <ChangedBy person={recent.get("description")} />
      <Document
        label={text("card.description")}
        text={task.description}
        version={task.version}
        canWrite={canWork}
        empty={text(canWork ? "card.no_description" : "card.no_description_reader")}
        draft={draft}
        nameOfAuthor={authorName}
        writing={writing}
        save={async (description, version) => {
          const path = `/tasks/${task.id}`;
          details.accept(
            await sendDeed<Task>("change", task, "PATCH", path, {
              body: { description },
              ifMatch: `"v${version}"`,
            }),
          );
        }}
      />
    </section>
  );
}
