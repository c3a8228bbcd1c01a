import { announce } from "@atlaskit/pragmatic-drag-and-drop-live-region";
import { type ClipboardEvent, type KeyboardEvent, useRef, useState, useSyncExternalStore } from "react";
import { useFormat } from "../../i18n/format";
import { useText } from "../../i18n/language";
import { Phrase } from "../../i18n/phrase";
import { addTasks, type CardChange } from "../../live/commands";
import { useWorkspace } from "../../live/hooks";
import { afterPress } from "../../ui/after-press";
import { isComposing } from "../../ui/composing";
import { useBoard } from "./board-context";
import { factsOf } from "./drops";
import type { Group } from "./groupings";
import { titlesIn } from "./pasted";
import { hasTerm } from "./query";
import styles from "./quick-add.module.css";
import { Initiative } from "./quick-add-initiative";
import { useAdding } from "./use-adding";

/** Lines of a pasted list that are shown before they become cards. */
const SHOWN = 3;

/**
 * A field over a column, for its top or its bottom. Enter adds a card and waits for the next one; Escape closes. A list
 * that is pasted becomes one card for each line, once its number was seen.
 */
export function QuickAdd({ group }: { group: Group }) {
  const { view, me, terms, arrangement, isMany } = useBoard();
  const { store, status, own, ...into } = useAdding(group);
  const { functions } = useWorkspace();
  const text = useText();
  const format = useFormat();
  const field = useRef<HTMLTextAreaElement>(null);
  const [pasted, setPasted] = useState<string[]>([]);
  const end = useSyncExternalStore(view.addingAt.subscribe, view.addingAt.get);

  function add() {
    const typed = field.current?.value.trim();
    const titles = pasted.length ? pasted : typed ? [typed] : [];
    const [title] = titles;
    if (!title || !field.current || !store || !status) return;
    field.current.value = "";
    setPasted([]);
    const facts = { function: me.function, ...own, ...factsOfFilter(), ...factsOf(group, format.today()) };
    const [id] = addTasks(store, status.id, titles, facts, end);
    view.focused.set(id ?? null);
    const column = group.name;
    announce(
      titles.length > 1
        ? text("add.several_said", { count: titles.length, column })
        : text("board.added_said", { title, column }),
    );
  }

  /** What the filter asks for is given to the new card, or it would vanish while it is being added. */
  function factsOfFilter(): CardChange {
    const isMine = hasTerm(terms, "is", "mine") || hasTerm(terms, "owner", "me");
    const [code, another] = terms.find(({ field, isNot }) => field === "function" && !isNot)?.values ?? [];
    const only = another === undefined && [...functions.values()].find((one) => one.code === code);
    return { ...(isMine && { owner: me.id }), ...(only && { function: only.id }) };
  }

  function onPaste(event: ClipboardEvent) {
    const titles = titlesIn(event.clipboardData.getData("text"));
    if (titles.length < 2) return;
    event.preventDefault();
    // What stands there already and is not replaced is the beginning of the list.
    const before = field.current?.value.trim();
    setPasted(before ? [before, ...titles] : titles);
    if (field.current) field.current.value = "";
  }

  function close() {
    view.adding.set(null);
    const first = arrangement.cell(group.key)[0];
    if (first) view.focus(first);
  }

  function onKeyDown(event: KeyboardEvent) {
    event.stopPropagation();
    if (isComposing(event)) return;
    if (event.key === "Escape") return pasted.length ? setPasted([]) : close();
    if (event.key !== "Enter") return;
    event.preventDefault();
    add();
  }

  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        add();
        field.current?.focus();
      }}
      onBlur={({ currentTarget, relatedTarget }) => {
        if (currentTarget.contains(relatedTarget)) return;
        afterPress(() => {
          const hasFocus = currentTarget.contains(document.activeElement);
          const isEmpty = !field.current?.value.trim() && pasted.length === 0;
          if (!hasFocus && isEmpty && view.adding.get() === group.key) view.adding.set(null);
        });
      }}
    >
      <textarea
        ref={field}
        className={pasted.length > 0 ? "sr-only" : styles.field}
        readOnly={pasted.length > 0}
        rows={2}
        maxLength={500}
        // biome-ignore lint/a11y/noAutofocus: the field appears because somebody asked to write in it
        autoFocus
        enterKeyHint="done"
        placeholder={text("add.placeholder")}
        aria-label={text("add.to", { column: group.name })}
        onKeyDown={onKeyDown}
        onPaste={onPaste}
      />
      {pasted.length > 0 && (
        <ul className={styles.pasted} aria-label={text("add.several", { count: pasted.length })}>
          {pasted.slice(0, SHOWN).map((title, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two lines may say the same
            <li key={index}>{title}</li>
          ))}
          {pasted.length > SHOWN && <li>{text("add.more", { count: pasted.length - SHOWN })}</li>}
        </ul>
      )}
      {isMany && <Initiative {...into} onChosen={() => field.current?.focus()} />}
      <div className={styles.foot}>
        <button
          type="button"
          className={styles.end}
          title={text("add.end")}
          aria-label={`${text("add.end")}: ${text(end === "top" ? "move.top" : "move.bottom")}`}
          onClick={() => {
            view.addingAt.set(end === "top" ? "bottom" : "top");
            field.current?.focus();
          }}
        >
          {end === "top" ? "↑" : "↓"} {text(end === "top" ? "move.top" : "move.bottom")}
        </button>
        <span className={styles.hint}>
          <Phrase id="add.hint" values={{ esc: <kbd>Esc</kbd> }} />
        </span>
        <button type="submit" className={styles.submit} aria-keyshortcuts="Enter" title="Enter">
          {text(pasted.length > 0 ? "add.several" : "add.submit", { count: pasted.length })}
        </button>
      </div>
    </form>
  );
}
