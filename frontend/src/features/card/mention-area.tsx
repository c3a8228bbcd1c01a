import { useQuery } from "@tanstack/react-query";
import { type KeyboardEvent, type Ref, useId, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { isComposing } from "../../ui/composing";
import { MentionList } from "../../ui/editor/mention-list";
import { ENOUGH_LETTERS } from "../../ui/editor/mentionables";
import type { Mentionable } from "../../ui/editor/writing";
import styles from "./mention-area.module.css";
import { mentionAt } from "./mentions";
import { useWriting } from "./use-writing";

type MentionAreaProps = {
  label: string;
  placeholder?: string;
  value: string;
  onChange: (value: string) => void;
  onSend: () => void;
  onLeave?: () => void;
  autoFocus?: boolean;
  ref?: Ref<HTMLTextAreaElement>;
};
/** In a plain text everything that is mentioned begins with an @. */
const withAt = (label: string) => (label.startsWith("@") ? label : `@${label}`);

/** A comment being written: @ offers people, Ctrl Enter sends, Enter makes a new line. */
export function MentionArea({
  label,
  placeholder,
  value,
  onChange,
  onSend,
  onLeave,
  ...rest
}: MentionAreaProps) {
  const { near, elsewhere } = useWriting();
  const list = useId();
  const own = useRef<HTMLTextAreaElement | null>(null);
  const [caret, setCaret] = useState(0);
  const [active, setActive] = useState(0);
  const [dismissed, setDismissed] = useState(-1);
  const mention = mentionAt(value, caret);
  const query = mention?.query.toLowerCase() ?? "";
  const isMeant = mention !== null && mention.start !== dismissed;
  const { data: others = [] } = useQuery({
    queryKey: ["cards-elsewhere", query],
    queryFn: () => elsewhere(query),
    enabled: isMeant && query.length >= ENOUGH_LETTERS,
    staleTime: 60_000,
  });
  const around = isMeant ? near(query) : [];
  const offered = isMeant ? [...around, ...others] : [];
  // A name that is written out is found again; a card of another board has to be taken from here.
  const isOpen =
    offered.length > 0 && !around.some(({ label }) => withAt(label).toLowerCase() === `@${query}`);

  const pick = (one: Mentionable) => {
    if (!mention) return;
    // A card of another board isn't found again by its key: its link stands in the text as it will be kept.
    const name = others.includes(one) ? `[${one.label}](${one.href}) ` : `${withAt(one.label)} `;
    const end = mention.start + name.length;
    // At once, because whoever writes fast writes on before the next frame.
    flushSync(() => {
      onChange(value.slice(0, mention.start) + name + value.slice(caret));
      setActive(0);
      setCaret(end);
    });
    own.current?.focus();
    own.current?.setSelectionRange(end, end);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (isComposing(event)) return;
    const chosen = offered[Math.min(active, offered.length - 1)];
    if (isOpen && chosen && ["ArrowDown", "ArrowUp", "Enter", "Tab", "Escape"].includes(event.key)) {
      event.preventDefault();
      if (event.key === "Escape") setDismissed(mention?.start ?? -1);
      else if (event.key === "Enter" || event.key === "Tab") pick(chosen);
      else setActive((active + (event.key === "ArrowDown" ? 1 : -1) + offered.length) % offered.length);
    } else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      onSend();
    } else if (event.key === "Escape" && onLeave) {
      event.preventDefault();
      onLeave();
    }
  };
  return (
    <div className={styles.box}>
      {isOpen && (
        <div className={styles.list}>
          <MentionList id={list} offered={offered} active={active} onPick={pick} />
        </div>
      )}
      <textarea
        ref={(element) => {
          own.current = element;
          if (typeof rest.ref === "function") rest.ref(element);
          else if (rest.ref) rest.ref.current = element;
        }}
        className={styles.area}
        aria-label={label}
        aria-haspopup="listbox"
        aria-controls={isOpen ? list : undefined}
        aria-autocomplete="list"
        aria-activedescendant={isOpen ? `${list}-${active}` : undefined}
        placeholder={placeholder}
        rows={1}
        maxLength={19_000}
        // biome-ignore lint/a11y/noAutofocus: only where somebody asked to write
        autoFocus={rest.autoFocus}
        value={value}
        onChange={(event) => {
          onChange(event.currentTarget.value);
          setCaret(event.currentTarget.selectionStart);
          setActive(0);
        }}
        onSelect={(event) => setCaret(event.currentTarget.selectionStart)}
        onKeyDown={onKeyDown}
      />
    </div>
  );
}
