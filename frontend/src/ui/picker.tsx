import { Combobox, useCombobox } from "@mantine/core";
import "@mantine/core/styles/Combobox.layer.css";
import { type KeyboardEvent, type ReactNode, useEffect, useEffectEvent, useState } from "react";
import { useText } from "../i18n/language";
import styles from "./picker.module.css";
import { PickerOption } from "./picker-option";

export type Choice = {
  id: number | string;
  name: string;
  icon?: ReactNode;
  /** What also finds it: the name in the other language, a key. */
  also?: string;
  /** A second line: what it is, or why it can't be chosen. */
  hint?: string;
  isDisabled?: boolean;
};
type Id = Choice["id"];
type PickerProps = {
  label: string;
  choices: Choice[];
  chosen: readonly Id[];
  /** With several, gets them all; otherwise none or one. */
  onChange: (ids: Id[]) => void;
  isMultiple?: boolean;
  /** The word for choosing nothing; without it something stays chosen. */
  none?: string;
  /** Offers to make what was typed. */
  onCreate?: (name: string) => void;
  /** How that offer is worded; otherwise "Create …". */
  sayCreate?: (name: string) => string;
  look?: "field" | "plain" | "chip";
  isDisabled?: boolean;
  describedBy?: string;
  children: ReactNode;
};

/**
 * A button that shows what is chosen and opens a list to choose from: by typing, too. The search is there from the
 * beginning where the list is long, and otherwise comes with the first letter.
 */
export function Picker(props: PickerProps) {
  const { label, choices, chosen, onChange, isMultiple, none, onCreate, look = "plain", children } = props;
  const text = useText();
  const [query, setQuery] = useState("");
  const [isSought, setSought] = useState(false);
  const hasSearch = choices.length > 7 || onCreate !== undefined || isSought;
  const box = useCombobox({
    onDropdownClose: () => {
      box.resetSelectedOption();
      setQuery("");
      setSought(false);
      box.focusTarget();
    },
    onDropdownOpen: () => (hasSearch ? box.focusSearchInput() : box.selectActiveOption()),
  });
  const typed = query.trim();
  const fitting = choices.filter((choice) => matches(choice, typed));
  const found = fitting.slice(0, MOST);
  const isNew = typed !== "" && !choices.some(({ name }) => name.toLowerCase() === typed.toLowerCase());
  const names = choices.filter(({ id }) => chosen.includes(id)).map(({ name }) => name);
  // Several names, or the word for none, stand on the button as they are; a chip says only what it is for.
  const saysItself = isMultiple && look !== "chip";

  // Enter takes the first that fits what was typed.
  const light = useEffectEvent(() => box.selectFirstOption());
  useEffect(() => {
    if (typed) light();
  }, [typed]);

  const seek = (event: KeyboardEvent) => {
    const isLetter =
      event.key.length === 1 && event.key !== " " && !(event.ctrlKey || event.metaKey || event.altKey);
    if (!box.dropdownOpened || hasSearch || !isLetter) return;
    event.preventDefault();
    event.stopPropagation();
    setSought(true);
    setQuery(event.key);
    box.focusSearchInput();
  };
  const submit = (value: string) => {
    if (value === CREATE) onCreate?.(typed);
    else if (value === NONE) onChange([]);
    else {
      const id = choices.find((choice) => String(choice.id) === value)?.id;
      if (id === undefined) return;
      const others = chosen.filter((other) => other !== id);
      onChange(isMultiple ? (others.length < chosen.length ? others : [...chosen, id]) : [id]);
    }
    if (!isMultiple || value === NONE) box.closeDropdown();
    else setQuery("");
  };

  return (
    <Combobox store={box} onOptionSubmit={submit} position="bottom-start" width="max-content" withinPortal>
      <Combobox.Target targetType="button">
        <button
          type="button"
          className={`${styles.button} ${styles[look]}`}
          aria-label={
            saysItself ? undefined : `${label}: ${names.join(", ") || none || text("forms.choose")}`
          }
          aria-describedby={props.describedBy}
          disabled={props.isDisabled}
          onKeyDown={seek}
          onClick={() => box.toggleDropdown()}
        >
          {saysItself && <span className="sr-only">{label}: </span>}
          {children}
        </button>
      </Combobox.Target>
      <Combobox.Dropdown className={styles.dropdown}>
        {hasSearch && (
          <Combobox.Search
            value={query}
            placeholder={text(onCreate ? "forms.search_or_create" : "action.search")}
            aria-label={text("action.search")}
            role="combobox"
            aria-expanded={box.dropdownOpened}
            onChange={(event) => setQuery(event.currentTarget.value)}
          />
        )}
        <Combobox.Options className={styles.options} aria-label={label} aria-multiselectable={isMultiple}>
          {none && !typed && (
            <PickerOption value={NONE} isChosen={chosen.length === 0} choice={{ id: NONE, name: none }} />
          )}
          {found.map((choice) => (
            <PickerOption
              key={choice.id}
              value={String(choice.id)}
              choice={choice}
              isChosen={chosen.includes(choice.id)}
            />
          ))}
          {onCreate && isNew && (
            <PickerOption
              value={CREATE}
              isChosen={false}
              choice={{ id: CREATE, name: props.sayCreate?.(typed) ?? text("forms.create", { name: typed }) }}
            />
          )}
          {fitting.length > found.length && (
            <Combobox.Empty>
              {text("forms.more_found", { count: fitting.length - found.length })}
            </Combobox.Empty>
          )}
          {found.length === 0 && !(onCreate && isNew) && (
            <Combobox.Empty>{text("forms.nothing_found")}</Combobox.Empty>
          )}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}

/** More than anybody reads; what isn't among them is found by typing. */
const MOST = 60;
const NONE = "\u0000none";
const CREATE = "\u0000create";

function matches({ name, also = "", hint = "" }: Choice, typed: string) {
  return `${name} ${also} ${hint}`.toLowerCase().includes(typed.toLowerCase());
}
