import { IconChevronLeft, IconSearch } from "@tabler/icons-react";
import type { KeyboardEvent, Ref } from "react";
import { useText } from "../../i18n/language";
import type { Action } from "../../ui/actions";
import { isComposing } from "../../ui/composing";
import styles from "./palette.module.css";
import { LIST } from "./use-choosing";

type PaletteFieldProps = {
  ref: Ref<HTMLInputElement>;
  query: string;
  action: Action | undefined;
  activeId: string | undefined;
  /** Hears too whether it is composed: an input method may still be at it. */
  onQuery: (query: string, isComposed?: boolean) => void;
  onBack: () => void;
  onKey: (event: KeyboardEvent) => boolean;
  onClose: () => void;
};

/** Where one types. The list below is its list: the focus stays here, the active row is told. */
export function PaletteField(props: PaletteFieldProps) {
  const { query, action, activeId, onQuery, onBack, onKey, onClose } = props;
  const text = useText();

  function onKeyDown(event: KeyboardEvent) {
    if (onKey(event) || isComposing(event)) return;
    if (event.key === "Backspace" && action && query === "") onBack();
    if (event.key !== "Escape" || (!query && !action)) return;
    // Takes back one step at a time; with nothing to take back the dialog closes itself.
    event.stopPropagation();
    if (query) onQuery("");
    else onBack();
  }

  return (
    <div className={styles.field}>
      {action ? (
        <button
          type="button"
          className={styles.back}
          aria-label={`${text(action.word)}: ${text("palette.back")}`}
          onClick={onBack}
        >
          <IconChevronLeft size={16} stroke={1.8} aria-hidden />
          {text(action.word)}
        </button>
      ) : (
        <IconSearch size={18} stroke={1.7} aria-hidden />
      )}
      <input
        ref={props.ref}
        type="text"
        role="combobox"
        aria-expanded
        aria-controls={LIST}
        aria-activedescendant={activeId}
        aria-autocomplete="list"
        aria-label={action ? text(action.word) : text("palette.title")}
        placeholder={text(action ? "palette.placeholder_choose" : "palette.placeholder")}
        autoComplete="off"
        autoCorrect="off"
        spellCheck={false}
        enterKeyHint="go"
        maxLength={200}
        data-autofocus
        value={query}
        onChange={(event) =>
          onQuery(event.currentTarget.value, !(event.nativeEvent as InputEvent).isComposing)
        }
        onCompositionEnd={(event) => onQuery(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      <button type="button" className={styles.close} onClick={onClose}>
        {text("action.close")}
      </button>
    </div>
  );
}
