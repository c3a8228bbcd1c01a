import { useEffect, useState } from "react";
import type { Person } from "../../api/types";
import { useText } from "../../i18n/language";
import type { RemoteMark } from "../../live/board-store";
import { useNameOf } from "../../live/hooks";
import { Avatar } from "../../ui/avatar";
import styles from "./remote-line.module.css";

/** The ring around the card fades after four seconds (card.module.css); who it was stays readable a while longer. */
const STAYS_MS = 60_000;

const WORDS = {
  "task.moved": "board.remote_moved",
  "task.created": "board.remote_created",
  "task.arrived": "board.remote_created",
  "task.restored": "board.remote_created",
  "comment.added": "board.remote_commented",
} as const;

/** "Jiang Wan moved it", for a minute or until the next change. */
export function RemoteLine({ mark, actor }: { mark: RemoteMark; actor: Person }) {
  const text = useText();
  const nameOf = useNameOf();
  const [isOver, setOver] = useState(Date.now() - mark.at >= STAYS_MS);
  useEffect(() => {
    const timer = setTimeout(() => setOver(true), STAYS_MS - (Date.now() - mark.at));
    return () => clearTimeout(timer);
  }, [mark]);
  if (isOver) return null;
  const word = mark.type in WORDS ? WORDS[mark.type as keyof typeof WORDS] : "board.remote_changed";
  return (
    <p className={styles.line}>
      <Avatar person={actor} size="tiny" isNamed />
      <span>{text(word, { name: nameOf(actor) })}</span>
    </p>
  );
}
