import type { Person, WorkFunction } from "../api/types";
import { useLocale } from "../i18n/language";
import { nameIn } from "../i18n/names";
import { Avatar } from "./avatar";
import { type Choice, Picker } from "./picker";
import styles from "./picker.module.css";

export type Directory = {
  people: ReadonlyMap<number, Person>;
  functions: ReadonlyMap<number, WorkFunction>;
};
type PersonPickerProps = {
  label: string;
  directory: Directory;
  chosen: number | null;
  onChange: (person: number | null) => void;
  none?: string;
  look?: "field" | "plain" | "chip";
  isDisabled?: boolean;
  /** Guests and people who have left are offered only where this says so. */
  isOffered?: (person: Person) => boolean;
  describedBy?: string;
};

/** Somebody, found by either name or by what they do. */
export function PersonPicker({ directory, chosen, onChange, none, ...rest }: PersonPickerProps) {
  const { text } = useLocale();
  const choices = usePersonChoices(directory, rest.isOffered);
  const person = chosen === null ? undefined : directory.people.get(chosen);
  const { language } = useLocale();
  return (
    <Picker
      {...rest}
      choices={choices}
      chosen={chosen === null ? [] : [chosen]}
      onChange={([id]) => onChange(id === undefined ? null : Number(id))}
      none={none}
    >
      {chosen === null ? (
        <span className={styles.none}>{none ?? text("forms.choose")}</span>
      ) : (
        <>
          <Avatar person={person} isNamed />
          <span>{person ? nameIn(language, person) : text("person.unknown")}</span>
        </>
      )}
    </Picker>
  );
}

/** People as a list offers them: face, name, what they do. */
export function usePersonChoices(
  { people, functions }: Directory,
  isOffered: (person: Person) => boolean = isColleague,
): Choice[] {
  const { language } = useLocale();
  return [...people.values()].filter(isOffered).map((person) => {
    const work = person.function === null ? undefined : functions.get(person.function);
    return {
      id: person.id,
      name: nameIn(language, person),
      also: `${person.name} ${person.name_zh} ${person.email}`,
      hint: work && nameIn(language, work),
      icon: <Avatar person={person} isNamed />,
    };
  });
}

export const isColleague = (person: Person) => person.is_active && !person.is_guest;
