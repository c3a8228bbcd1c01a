import { Link } from "@tanstack/react-router";
import type { Found } from "../../api/types";
import { useFormat } from "../../i18n/format";
import { useText } from "../../i18n/language";
import { noteRecent } from "../../live/recent";
import { addressOf, hashOf } from "./address";
import { FoundMark } from "./found-look";
import { asRecent } from "./found-sections";
import { Marked } from "./marked";
import styles from "./search-page.module.css";

/** One thing that was found: the whole line opens it. */
export function FoundRow({ found }: { found: Found }) {
  const text = useText();
  const format = useFormat();
  const where = found.is_archived ? text("search.archived", { where: found.where }) : found.where;
  return (
    <li>
      <Link
        to={addressOf(found)}
        hash={hashOf(found)}
        className={styles.row}
        onClick={() => noteRecent(asRecent(found))}
      >
        <span className={styles.mark}>
          <FoundMark found={found} />
        </span>
        <span className={styles.text}>
          <span className={styles.title}>
            {found.kind !== "account" && found.key && <span className={styles.key}>{found.key}</span>}
            <Marked parts={found.title} />
          </span>
          {found.excerpt.length > 0 && (
            <span className={styles.excerpt}>
              <Marked parts={found.excerpt} />
            </span>
          )}
        </span>
        <span className={styles.where}>
          {where}
          {found.at && <time dateTime={found.at}>{format.ago(found.at)}</time>}
        </span>
      </Link>
    </li>
  );
}
