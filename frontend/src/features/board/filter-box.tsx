import { Suspense, useEffect, useRef, useState, useSyncExternalStore } from "react";
import { loadMoreWords, useText } from "../../i18n/language";
import { isComposing } from "../../ui/composing";
import { glyphClass } from "../../ui/glyph";
import { whenFetched } from "../../ui/when-fetched";
import { useBoard } from "./board-context";
import styles from "./filter-box.module.css";

const Completion = whenFetched(async () => {
  const [{ FilterCompletion }] = await Promise.all([import("./filter-completion"), loadMoreWords()]);
  return { default: FilterCompletion };
});

/** The filter in words: `owner:me due:<7d label:"Go live" text`. What is written shows at once. */
export function FilterBox() {
  const { settings, view, look } = useBoard();
  const text = useText();
  const box = useRef<HTMLInputElement>(null);
  const [isOpen, setOpen] = useState(false);
  const [draft, setDraft] = useState<string | null>(null);
  const [active, setActive] = useState<string | null>(null);
  const asked = useSyncExternalStore(view.searching.subscribe, view.searching.get);
  const value = draft ?? settings.filter;

  useEffect(() => {
    if (asked > 0) box.current?.focus();
  }, [asked]);

  function write(next: string) {
    setDraft(next);
    setOpen(true);
    look({ filter: next.trim() });
  }

  return (
    <div className={styles.box}>
      <input
        ref={box}
        type="text"
        role="combobox"
        className={`${styles.field} ${glyphClass("funnel")}`}
        value={value}
        size={Math.min(48, Math.max(14, value.length))}
        maxLength={500}
        autoComplete="off"
        spellCheck={false}
        placeholder={text("filter.placeholder")}
        aria-label={text("filter.label")}
        aria-expanded={isOpen}
        aria-controls="filter-completion"
        aria-autocomplete="list"
        aria-activedescendant={(isOpen && active) || undefined}
        onFocus={() => setOpen(true)}
        onBlur={() => {
          setOpen(false);
          setDraft(null);
        }}
        onClick={() => setOpen(true)}
        onChange={({ currentTarget }) => write(currentTarget.value)}
        onKeyDown={(event) => {
          if (isComposing(event) || event.key !== "Escape") return;
          event.stopPropagation();
          if (isOpen) setOpen(false);
          else box.current?.blur();
        }}
      />
      {isOpen && (
        <Suspense>
          <Completion
            box={box}
            query={value}
            write={write}
            onActive={setActive}
            close={() => setOpen(false)}
          />
        </Suspense>
      )}
    </div>
  );
}
