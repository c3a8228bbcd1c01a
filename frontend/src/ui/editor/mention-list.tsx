import { useText } from "../../i18n/language";
import styles from "./mention-list.module.css";
import type { Mentionable } from "./writing";

type MentionListProps = {
  id: string;
  offered: Mentionable[];
  active: number;
  onPick: (one: Mentionable) => void;
};

/** What may be mentioned here; the keys stay with the text. */
export function MentionList({ id, offered, active, onPick }: MentionListProps) {
  const text = useText();
  return (
    <div className={styles.list} id={id} role="listbox" aria-label={text("editor.mention")}>
      {offered.map((one, index) => (
        <div
          key={one.href}
          id={`${id}-${index}`}
          role="option"
          tabIndex={-1}
          aria-selected={index === active}
          className={styles.one}
          onPointerDown={(event) => {
            event.preventDefault();
            onPick(one);
          }}
        >
          {one.icon}
          <span className={styles.name}>{one.name}</span>
          {one.hint && <small>{one.hint}</small>}
        </div>
      ))}
    </div>
  );
}
