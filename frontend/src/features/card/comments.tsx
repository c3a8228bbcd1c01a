import { useLocation } from "@tanstack/react-router";
import { useText } from "../../i18n/language";
import { useCard } from "./card-context";
import styles from "./card-sheet.module.css";
import { CommentRow } from "./comment-row";
import own from "./comments.module.css";

/** Where they are listed on the page. */
export const COMMENTS = "card-comments";

/** What people said, oldest first. */
export function Comments() {
  const { comments, canComment } = useCard();
  const text = useText();
  const marked = useLocation({ select: ({ hash }) => hash });
  if (comments.length === 0 && !canComment) return null;
  return (
    <section className={styles.section} aria-label={text("card.comments")}>
      <h3>
        {text("card.comments")}
        {comments.length > 0 && <small className={own.count}>{comments.length}</small>}
      </h3>
      {comments.length === 0 && <p className={own.none}>{text("card.no_comments")}</p>}
      <ul id={COMMENTS} className={own.list}>
        {comments.map((comment) => (
          <CommentRow key={comment.id} comment={comment} isMarked={marked === `comment-${comment.id}`} />
        ))}
      </ul>
    </section>
  );
}
