import type { BoardProject } from "../../api/types";
import { useText } from "../../i18n/language";
import { useNameOf } from "../../live/hooks";
import styles from "./quick-add.module.css";

type InitiativeProps = {
  open: BoardProject[];
  project: BoardProject | null;
  choose: (id: number) => void;
  onChosen: () => void;
};

/** To which initiative the new card is added, on a board over several. */
export function Initiative({ open, project, choose, onChosen }: InitiativeProps) {
  const text = useText();
  const nameOf = useNameOf();
  if (!project) return <p className={styles.none}>{text("add.no_initiative")}</p>;
  return (
    <select
      className={styles.initiative}
      aria-label={text("add.initiative")}
      value={project.id}
      onChange={(event) => {
        choose(Number(event.currentTarget.value));
        onChosen();
      }}
    >
      {[...open]
        .sort((a, b) => nameOf(a).localeCompare(nameOf(b)))
        .map((one) => (
          <option key={one.id} value={one.id}>
            {`${one.key} · ${nameOf(one)}`}
          </option>
        ))}
    </select>
  );
}
