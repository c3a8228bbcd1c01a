import { useText } from "../../i18n/language";
import { setWatching } from "../../live/card-commands";
import { useNameOf, useWorkspace } from "../../live/hooks";
import { Faces } from "../../ui/faces";
import { usePersonChoices } from "../../ui/person-picker";
import { Picker } from "../../ui/picker";
import { useCard } from "./card-context";
import styles from "./fields.module.css";

/** Who hears of what happens here. Everybody decides for themselves; managers add others. */
export function WatchersField() {
  const { store, task, canManage, canComment } = useCard();
  const text = useText();
  const nameOf = useNameOf();
  const directory = useWorkspace();
  const choices = usePersonChoices(
    directory,
    (person) => person.is_active || task.watchers.includes(person.id),
  );
  const watchers = task.watchers.map((id) => directory.people.get(id)).filter((one) => one !== undefined);
  const faces =
    watchers.length === 0 ? (
      <span className={styles.none}>{text("card.no_watchers")}</span>
    ) : (
      <Faces people={watchers} />
    );
  if (!canManage || !canComment)
    return (
      <span className={styles.plain} title={watchers.map(nameOf).join(", ")}>
        {faces}
      </span>
    );
  const set = (ids: number[]) => {
    for (const id of ids) if (!task.watchers.includes(id)) setWatching(store, task, id, true);
    for (const id of task.watchers) if (!ids.includes(id)) setWatching(store, task, id, false);
  };
  return (
    <Picker
      label={text("card.watchers")}
      choices={choices}
      chosen={task.watchers}
      isMultiple
      onChange={(ids) => set(ids.map(Number))}
    >
      {faces}
    </Picker>
  );
}
