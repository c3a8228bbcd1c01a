import type { Comment } from "../../api/types";
import { useFormat } from "../../i18n/format";
import { useText } from "../../i18n/language";
import { setReaction } from "../../live/card-commands";
import { useNameOf, useWorkspace } from "../../live/hooks";
import { useCard } from "./card-context";
import styles from "./reactions.module.css";
import { ORDER, SignIcon } from "./signs";

/** The signs that a comment was given, each with its number and, on asking, who gave it. One's own is taken back by it. */
export function Reactions({ comment }: { comment: Comment }) {
  const { store, task, me, canComment } = useCard();
  const text = useText();
  const format = useFormat();
  const nameOf = useNameOf();
  const { people } = useWorkspace();
  const given = ORDER.map((sign) => ({
    sign,
    by: comment.reactions.filter((one) => one.sign === sign).map(({ person }) => person),
  })).filter(({ by }) => by.length > 0);
  if (given.length === 0) return null;
  return (
    <ul className={styles.list} aria-label={text("card.reactions")}>
      {given.map(({ sign, by }) => {
        const isMine = by.includes(me.id);
        const names = by
          .map((id) => people.get(id))
          .map((one) => (one ? nameOf(one) : text("person.unknown")));
        const said = text("card.signed", { sign: text(`card.sign_${sign}`), names: format.list(names) });
        return (
          <li key={sign}>
            <button
              type="button"
              className={styles.sign}
              aria-pressed={isMine}
              aria-label={said}
              title={said}
              disabled={!canComment}
              onClick={() => setReaction(store, task, { comment: comment.id, person: me.id, sign }, !isMine)}
            >
              <SignIcon sign={sign} size={14} />
              <span>{by.length}</span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}
