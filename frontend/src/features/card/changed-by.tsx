import { useText } from "../../i18n/language";
import { useNameOf, usePerson } from "../../live/hooks";
import { Avatar } from "../../ui/avatar";
import styles from "./changed-by.module.css";

/** Who has just changed what stands here: a face, and the words for who can't see it. */
export function ChangedBy({ person: id }: { person: number | undefined }) {
  const text = useText();
  const nameOf = useNameOf();
  const person = usePerson(id);
  if (!person) return null;
  const words = text("card.changed_by", { name: nameOf(person) });
  return (
    <span className={styles.who} role="status" title={words}>
      <Avatar person={person} />
      <span className="sr-only">{words}</span>
    </span>
  );
}
