import { type ComponentType, type KeyboardEvent, useEffect, useId, useState } from "react";
import { useText } from "../i18n/language";
import { isComposing } from "./composing";
import type { Writing } from "./editor/writing";
import styles from "./markdown-editor.module.css";
import { Spinner } from "./spinner";

type MarkdownEditorProps = {
  label: string;
  value: string;
  onChange: (value: string) => void;
  onSave: () => void;
  onCancel: () => void;
  writing?: Writing;
};

/** A text as it will look while it is written, or its Markdown as it is. Ctrl Enter saves, Esc leaves. */
export function MarkdownEditor(props: MarkdownEditorProps) {
  const text = useText();
  const [isSource, setSource] = useState(false);
  const [Rich, setRich] = useState<ComponentType<MarkdownEditorProps> | null>(null);
  useEffect(() => {
    let isHere = true;
    import("./editor/rich-editor")
      .then(({ RichEditor }) => isHere && setRich(() => RichEditor))
      .catch(() => isHere && setSource(true)); // without a connection, Markdown can still be written
    return () => {
      isHere = false;
    };
  }, []);
  return (
    <div className={styles.editor}>
      <div className={styles.tabs}>
        <button type="button" aria-pressed={!isSource} onClick={() => setSource(false)}>
          {text("forms.write")}
        </button>
        <button type="button" aria-pressed={isSource} onClick={() => setSource(true)}>
          Markdown
        </button>
      </div>
      {isSource ? <SourceArea {...props} /> : Rich ? <Rich {...props} /> : <Spinner />}
    </div>
  );
}

function SourceArea({ label, value, onChange, onSave, onCancel }: MarkdownEditorProps) {
  const text = useText();
  const hint = useId();
  const keys = (event: KeyboardEvent) => {
    if (isComposing(event)) return;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) onSave();
    else if (event.key === "Escape") onCancel();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <>
      <textarea
        className={styles.area}
        aria-label={label}
        aria-describedby={hint}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
        onKeyDown={keys}
        // biome-ignore lint/a11y/noAutofocus: it appears because somebody asked to write
        autoFocus
        maxLength={50_000}
      />
      <small id={hint} className={styles.hint}>
        {text("forms.markdown_hint")}
      </small>
    </>
  );
}
