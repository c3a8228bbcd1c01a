import { type KeyboardEvent, useLayoutEffect, useRef, useState } from "react";
import { useText } from "../../i18n/language";
import { changeTask } from "../../live/commands";
import { doneWriting, writingIn } from "../../live/looking";
import { isComposing } from "../../ui/composing";
import { useCard } from "./card-context";
import { ChangedBy } from "./changed-by";
import styles from "./title.module.css";
import { useRecent } from "./use-recent";
import { Writers } from "./writers";

/** The title, edited where it stands: Enter or leaving keeps it, Esc takes it back. */
export function Title() {
  const { store, task, canWork } = useCard();
  const text = useText();
  const recent = useRecent();
  const [typed, setTyped] = useState<string | null>(null);
  const area = useRef<HTMLTextAreaElement>(null);
  const shown = typed ?? task.title;

  // biome-ignore lint/correctness/useExhaustiveDependencies: as high as what stands in it, where the browser can't do that itself
  useLayoutEffect(() => {
    if (!area.current || CSS.supports?.("field-sizing", "content")) return;
    area.current.style.height = "auto";
    area.current.style.height = `${area.current.scrollHeight}px`;
  }, [shown]);

  if (!canWork) return <h2 className={styles.title}>{task.title}</h2>;
  const keep = () => {
    const title = typed?.replace(/\s+/g, " ").trim();
    if (title && title !== task.title) changeTask(store, task.id, { title });
    setTyped(null);
    doneWriting("title");
  };
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (isComposing(event)) return;
    if (event.key === "Enter") {
      event.preventDefault();
      event.currentTarget.blur();
    } else if (event.key === "Escape" && typed !== null) {
      event.preventDefault();
      setTyped(null);
    }
  };
  return (
    <h2>
      <textarea
        ref={area}
        className={`${styles.title} ${styles.area}`}
        aria-label={text("card.title")}
        rows={1}
        maxLength={300}
        value={shown}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          writingIn("title");
        }}
        onBlur={keep}
        onKeyDown={onKeyDown}
      />
      <Writers field="title" />
      <ChangedBy person={recent.get("title")} />
    </h2>
  );
}
