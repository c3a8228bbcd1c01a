import { CloseButton } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useText } from "../../i18n/language";
import { useCard as useBoardCard } from "../../live/board-hooks";
import { useNameOf, usePerson } from "../../live/hooks";
import { Avatar } from "../../ui/avatar";
import rowLink from "../../ui/row-link.module.css";
import { StatusIcon } from "../../ui/status-icon";
import { useCard } from "./card-context";
import { useKeyOf } from "./card-names";
import styles from "./links.module.css";

/** Another card, how it is linked and where it stands. */
export function LinkRow({ word, id, onRemove }: { word: string; id: number; onRemove?: () => void }) {
  const { store, project, statuses } = useCard();
  const text = useText();
  const nameOf = useNameOf();
  const keyOf = useKeyOf();
  const card = useBoardCard(store, id);
  const owner = usePerson(card?.owner);
  const status = statuses.find((one) => one.id === card?.status);
  const key = keyOf(id);
  return (
    <li className={styles.row}>
      <span className={styles.kind}>{word}</span>
      {status && <StatusIcon category={status.category} color={status.color} />}
      <span className={styles.key}>{key}</span>
      {card && (
        <Link
          to="/b/$projectKey/$cardKey"
          params={{ projectKey: project.key, cardKey: key }}
          search={(search) => search}
          replace
          className={`${rowLink.link} ${styles.title}`}
        >
          {card.title}
        </Link>
      )}
      <span className={styles.end}>
        {status && nameOf(status)}
        {owner && <Avatar person={owner} />}
        {onRemove && <CloseButton size="sm" aria-label={text("card.unlink", { key })} onClick={onRemove} />}
      </span>
    </li>
  );
}
