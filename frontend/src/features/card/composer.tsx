import { ActionIcon } from "@mantine/core";
import { IconSend2 } from "@tabler/icons-react";
import { useEffect, useEffectEvent, useRef, useState, useSyncExternalStore } from "react";
import { useText } from "../../i18n/language";
import { addComment } from "../../live/card-commands";
import { draftOf } from "../../live/drafts";
import { doneWriting, writingIn } from "../../live/looking";
import { lastRefusal } from "../../live/streams";
import { Avatar } from "../../ui/avatar";
import { useCard } from "./card-context";
import { COMMENTS } from "./comments";
import styles from "./comments.module.css";
import { MentionArea } from "./mention-area";
import { asMarkdown, asTyped } from "./mentions";
import { quoted } from "./quote";
import { useKnown } from "./use-known";
import { Writers } from "./writers";

/** What was just said is seen where it stands, however far up one was reading. */
function showLast() {
  const last = document.querySelector(`#${COMMENTS} > :last-child`);
  last?.scrollIntoView?.({ block: "center" });
}

/** Where one writes a comment. What is typed outlives the sheet, and comes back when the server refuses it. */
export function Composer() {
  const { store, task, me } = useCard();
  const text = useText();
  const known = useKnown();
  const [draft] = useState(() => draftOf(`${me.id}.task.${task.id}.comment`));
  const [typed, setTyped] = useState(() => draft.read()?.text ?? "");
  const area = useRef<HTMLTextAreaElement>(null);
  const refusal = useSyncExternalStore(lastRefusal.subscribe, lastRefusal.get);

  const write = (words: string) => {
    setTyped(words);
    if (words) draft.keep(words);
    else draft.drop();
  };
  const type = (words: string) => {
    write(words);
    if (words) writingIn("comment");
    else doneWriting("comment");
  };
  const giveBack = useEffectEvent(() => {
    const body = refusal?.command.pending.body;
    if (body?.type === "comment.added" && body.task === task.id && !typed) write(asTyped(body.body, known()));
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each refusal
  useEffect(() => giveBack(), [refusal]);

  const takeUp = useEffectEvent(() => {
    const quotation = quoted.get();
    if (quotation?.task !== task.id) return;
    quoted.set(null);
    write(typed ? `${typed.trimEnd()}\n\n${quotation.text}` : quotation.text);
    area.current?.focus();
  });
  useEffect(() => quoted.subscribe(() => takeUp()), []);

  const send = () => {
    if (!typed.trim()) return;
    addComment(store, task, me.id, asMarkdown(typed.trim(), known()));
    type("");
    setTimeout(showLast);
  };
  return (
    <div className={styles.composer}>
      <Avatar person={me} size="medium" />
      <MentionArea
        label={text("card.write_comment")}
        placeholder={text("card.write_comment_hint")}
        value={typed}
        onChange={type}
        onSend={send}
        ref={area}
      />
      <Writers field="comment" />
      <ActionIcon
        size={32}
        variant="filled"
        aria-label={text("card.send_comment")}
        title={text("card.send_keys")}
        disabled={!typed.trim()}
        onClick={send}
      >
        <IconSend2 size={17} stroke={1.7} aria-hidden />
      </ActionIcon>
    </div>
  );
}
