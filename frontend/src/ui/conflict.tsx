import { Button } from "@mantine/core";
import { useText } from "../i18n/language";
import styles from "./conflict.module.css";

type ConflictProps = {
  theirs: string;
  mine: string;
  /** Who wrote what stands there, where it is known. */
  author?: string;
  onKeepMine: () => void;
  onTakeTheirs: () => void;
};

/** Two people wrote the same text: both versions side by side, and nobody's words are lost. */
export function Conflict({ theirs, mine, author, onKeepMine, onTakeTheirs }: ConflictProps) {
  const text = useText();
  const title = author ? text("forms.conflict_by", { name: author }) : text("forms.conflict_title");
  return (
    <section className={styles.conflict} role="alert" aria-label={title}>
      <h3>{title}</h3>
      <p>{text("forms.conflict_lead")}</p>
      <div className={styles.sides}>
        <div>
          <h4>{text("forms.conflict_theirs")}</h4>
          <pre>{theirs || text("forms.nothing_written")}</pre>
        </div>
        <div>
          <h4>{text("forms.conflict_mine")}</h4>
          <pre>{mine}</pre>
        </div>
      </div>
      <footer>
        <Button size="xs" variant="default" onClick={onTakeTheirs}>
          {text("forms.conflict_take")}
        </Button>
        <Button size="xs" onClick={onKeepMine}>
          {text("forms.conflict_keep")}
        </Button>
      </footer>
    </section>
  );
}
