import { ActionIcon, Button, Menu } from "@mantine/core";
import { IconDots, IconQuote } from "@tabler/icons-react";
import { useEffect, useRef, useState } from "react";
import type { Comment } from "../../api/types";
import { useFormat } from "../../i18n/format";
import { useText } from "../../i18n/language";
import { changeComment, removeComment } from "../../live/card-commands";
import { useNameOf, usePerson } from "../../live/hooks";
import { Avatar } from "../../ui/avatar";
import { ConfirmDialog } from "../../ui/confirm-dialog";
import { Markdown } from "../../ui/markdown";
import { AddReaction } from "./add-reaction";
import { useCard } from "./card-context";
import styles from "./comments.module.css";
import { MentionArea } from "./mention-area";
import { asMarkdown, asTyped } from "./mentions";
import { asQuote, quoted } from "./quote";
import { Reactions } from "./reactions";
import { useKnown } from "./use-known";

/** What saves a changed comment is in reach too. */
const bringIntoView = (element: HTMLElement | null) => element?.scrollIntoView({ block: "nearest" });

/** Who said what, and when. Authors may say it better; authors and managers may take it away. */
export function CommentRow({ comment, isMarked }: { comment: Comment; isMarked: boolean }) {
  const { store, task, me, canComment, canManage } = useCard();
  const text = useText();
  const format = useFormat();
  const nameOf = useNameOf();
  const known = useKnown();
  const author = usePerson(comment.author);
  const [typed, setTyped] = useState<string | null>(null);
  const [isAsking, ask] = useState(false);
  const row = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (isMarked) row.current?.scrollIntoView({ block: "center" });
  }, [isMarked]);
  const name = author ? nameOf(author) : text("person.unknown");
  const isReal = comment.id > 0;
  const isMine = comment.author === me.id;
  const keep = () => {
    const body = asMarkdown(typed?.trim() ?? "", known());
    if (body && body !== comment.body) changeComment(store, task, comment.id, body);
    setTyped(null);
  };
  return (
    <li ref={row} className={styles.comment} aria-busy={!isReal} aria-current={isMarked || undefined}>
      <Avatar person={author} size="medium" isNamed />
      <div>
        <div className={styles.head}>
          <b>{name}</b>
          <time dateTime={comment.created_at} title={format.fullMoment(comment.created_at)}>
            {format.ago(comment.created_at)}
          </time>
          {comment.edited_at && (
            <span className={styles.edited} title={format.fullMoment(comment.edited_at)}>
              {text("card.edited")}
            </span>
          )}
          {isReal && canComment && (
            <span className={styles.tools}>
              <AddReaction comment={comment} name={name} />
              <ActionIcon
                size="md"
                variant="subtle"
                color="gray"
                aria-label={text("card.quote", { name })}
                onClick={() =>
                  quoted.set({ task: task.id, text: asQuote(name, asTyped(comment.body, known())) })
                }
              >
                <IconQuote size={15} aria-hidden />
              </ActionIcon>
              {(isMine || canManage) && (
                // Once the comment is being changed the focus belongs in its text, not back on this button.
                <Menu position="bottom-end" returnFocus={typed === null}>
                  <Menu.Target>
                    <ActionIcon
                      size="md"
                      variant="subtle"
                      color="gray"
                      aria-label={text("card.comment_menu", { name })}
                    >
                      <IconDots size={15} aria-hidden />
                    </ActionIcon>
                  </Menu.Target>
                  <Menu.Dropdown>
                    {isMine && (
                      <Menu.Item onClick={() => setTyped(asTyped(comment.body, known()))}>
                        {text("action.edit")}
                      </Menu.Item>
                    )}
                    <Menu.Item color="red" onClick={() => ask(true)}>
                      {text("card.delete")}
                    </Menu.Item>
                  </Menu.Dropdown>
                </Menu>
              )}
            </span>
          )}
        </div>
        {typed === null ? (
          <>
            <Markdown text={comment.body} />
            <Reactions comment={comment} />
          </>
        ) : (
          <div ref={bringIntoView} className={styles.edit}>
            <MentionArea
              label={text("card.edit_comment")}
              value={typed}
              onChange={setTyped}
              onSend={keep}
              onLeave={() => setTyped(null)}
              autoFocus
            />
            <div className={styles.actions}>
              <Button size="compact-sm" onClick={keep}>
                {text("action.save")}
              </Button>
              <Button size="compact-sm" variant="default" onClick={() => setTyped(null)}>
                {text("action.cancel")}
              </Button>
            </div>
          </div>
        )}
      </div>
      {isAsking && (
        <ConfirmDialog
          title={text("card.delete_comment")}
          lead={text("card.undo_helps")}
          action={text("card.delete")}
          isDanger
          onConfirm={async () => removeComment(store, task, comment.id)}
          onClose={() => ask(false)}
        />
      )}
    </li>
  );
}
