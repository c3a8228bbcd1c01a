import type { FoundGroup } from "../../api/types";
import { useText } from "../../i18n/language";
import { FoundRow } from "./found-row";
import styles from "./search-page.module.css";

/** What was found of one kind; `onMore` leads to all of that kind. */
export function FoundList({ group, onMore }: { group: FoundGroup; onMore: (() => void) | undefined }) {
  const text = useText();
  const id = `found-${group.kind}`;
  return (
    <section className={styles.group} aria-labelledby={id}>
      <h2 id={id}>{text(`search.kind_${group.kind}`)}</h2>
      <ul>
        {group.items.map((found) => (
          <FoundRow key={found.id} found={found} />
        ))}
      </ul>
      {group.more && onMore && (
        <button type="button" className={styles.more} onClick={onMore}>
          {text("search.more")}
        </button>
      )}
      {group.more && !onMore && (
        <p className={styles.most}>{text("search.most", { count: group.items.length })}</p>
      )}
    </section>
  );
}
