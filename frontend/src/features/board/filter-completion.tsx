import { type RefObject, useEffect, useEffectEvent, useMemo, useState } from "react";
import { useLocale } from "../../i18n/language";
import { useWorkspace } from "../../live/hooks";
import { useBoard } from "./board-context";
import { completionsFor } from "./completions";
import styles from "./filter-box.module.css";

type Props = {
  box: RefObject<HTMLInputElement | null>;
  query: string;
  write: (query: string) => void;
  onActive: (id: string | null) => void;
  close: () => void;
};

/** What the word that is being written could become: fields first, then the values of the field. */
export function FilterCompletion({ box, query, write, onActive, close }: Props) {
  const { projects, isMany, statuses } = useBoard();
  const workspace = useWorkspace();
  const { text, language } = useLocale();
  const [walked, setWalked] = useState<{ query: string; at: number } | null>(null);
  const caret = box.current?.selectionStart ?? query.length;
  const { from, options, isLikely } = useMemo(
    () => completionsFor(query.slice(0, caret), { workspace, projects, isMany, statuses, language, text }),
    [query, caret, workspace, projects, isMany, statuses, language, text],
  );

  // What is most likely meant is lit from the first letters on: Enter takes it, Esc leaves the word as it is.
  const least = isLikely ? 0 : -1;
  const at = walked?.query === query ? walked.at : least;

  const take = (index: number) => {
    const option = options[index];
    if (!option) return;
    const done = `${query.slice(0, from)}${option.insert}`;
    write(`${done}${query.slice(caret)}`);
    setWalked(null);
    requestAnimationFrame(() => {
      box.current?.focus();
      box.current?.setSelectionRange(done.length, done.length);
    });
  };

  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      const next = at + step;
      setWalked({ query, at: next < least ? options.length - 1 : next >= options.length ? least : next });
    } else if ((event.key === "Enter" || event.key === "Tab") && at >= 0) {
      event.preventDefault();
      take(at);
    } else if (event.key === "Enter") close();
  });
  useEffect(() => {
    const field = box.current;
    field?.addEventListener("keydown", onKey);
    return () => field?.removeEventListener("keydown", onKey);
  }, [box]);
  useEffect(() => {
    onActive(at >= 0 ? `filter-option-${at}` : null);
  }, [at, onActive]);

  if (options.length === 0) return null;
  return (
    <div
      id="filter-completion"
      role="listbox"
      aria-label={text("filter.suggestions")}
      className={styles.list}
    >
      {options.map(({ insert, word, hint }, index) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are those of the box, which keeps the focus
        <div
          key={insert}
          id={`filter-option-${index}`}
          role="option"
          tabIndex={-1}
          aria-selected={index === at}
          className={styles.option}
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => take(index)}
        >
          <span>{word}</span>
          <code>{hint}</code>
        </div>
      ))}
    </div>
  );
}
