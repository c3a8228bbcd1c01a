import { useText } from "../../i18n/language";
import { changeTask } from "../../live/commands";
import { useNameOf, useWorkspace } from "../../live/hooks";
import { Avatar } from "../../ui/avatar";
import { usePersonChoices } from "../../ui/person-picker";
import { Picker } from "../../ui/picker";
import { useCard } from "./card-context";
import styles from "./fields.module.css";

/** Who helps the owner. */
export function AssigneesField() {
  const { store, task, canWork } = useCard();
  const text = useText();
  const nameOf = useNameOf();
  const directory = useWorkspace();
  const choices = usePersonChoices(directory, (person) => person.is_active && person.id !== task.owner);
  return (
    <Picker
      label={text("card.helping")}
      choices={choices}
      chosen={task.assignees}
      isMultiple
      isDisabled={!canWork}
      onChange={(ids) => changeTask(store, task.id, { assignees: ids.map(Number).sort((a, b) => a - b) })}
    >
      {task.assignees.length === 0 ? (
        <span className={styles.none}>{text("person.nobody")}</span>
      ) : (
        <span className={styles.people}>
          {task.assignees.map((id) => {
            const person = directory.people.get(id);
            return (
              <span key={id} className={styles.person}>
                <Avatar person={person} isNamed />
                {person ? nameOf(person) : text("person.unknown")}
              </span>
            );
          })}
        </span>
      )}
    </Picker>
  );
}
