import { CloseButton } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { RelatedCard } from "../../api/types";
import { useText } from "../../i18n/language";
import { useNameOf, usePerson } from "../../live/hooks";
import { Avatar } from "../../ui/avatar";
import rowLink from "../../ui/row-link.module.css";
import { StatusIcon } from "../../ui/status-icon";
import styles from "./links.module.css";

/** A related card, where it stands, and the way to it. */
export function RelatedRow({ card, onRemove }: { card: RelatedCard; onRemove?: () => void }) {
  const text = useText();
  const nameOf = useNameOf();
  const owner = usePerson(card.owner);
  return (
    <li className={styles.row}>
      <span className={styles.kind}>{text("card.related")}</span>
      <StatusIcon category={card.status.category} color={card.status.color} />
      <span className={styles.key}>{card.key}</span>
      <Link
        to="/b/$projectKey/$cardKey"
        params={{ projectKey: card.key.replace(/-\d+$/, ""), cardKey: card.key }}
        className={`${rowLink.link} ${styles.title}`}
      >
        {card.title}
      </Link>
      <span className={styles.end}>
        {card.archived_at ? text("card.is_archived") : nameOf(card.status)}
        {owner && <Avatar person={owner} />}
        {onRemove && (
          <CloseButton size="sm" aria-label={text("card.unlink", { key: card.key })} onClick={onRemove} />
        )}
      </span>
    </li>
  );
}
