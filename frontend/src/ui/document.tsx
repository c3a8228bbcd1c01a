import { Button } from "@mantine/core";
import { type ReactNode, useRef, useState } from "react";
import { ApiError } from "../api/errors";
import { useFormat } from "../i18n/format";
import { useText } from "../i18n/language";
import { Conflict } from "./conflict";
import styles from "./document.module.css";
import type { Writing } from "./editor/writing";
import { Markdown } from "./markdown";
import { MarkdownEditor } from "./markdown-editor";
import { RefusalLine } from "./refusal-line";
import { useSubmit } from "./use-submit";

/** The text that a draft was made of, and the version to which it belongs. */
export type Base = { text: string; version: number };
/** A text in the making that outlives the page. */
export type Draft = {
  read: () => { text: string; at: string; base?: Base } | null;
  keep: (text: string, base: Base) => void;
  drop: () => void;
};
type DocumentProps = {
  label: string;
  text: string;
  /** The version to which `text` belongs. */
  version: number;
  canWrite: boolean;
  /** What is shown where nothing was written: an invitation for those who may. */
  empty: ReactNode;
  draft: Draft;
  /** Throws 412 when the version is no longer the newest and the text has changed. */
  save: (text: string, version: number) => Promise<unknown>;
  nameOfAuthor?: (id: number) => string | undefined;
  writing?: Writing;
};
type Clash = { theirs: string; version: number; author?: string };

/** A long text in Markdown that several people write. A draft is never lost: not by a conflict, nor by a closed tab. */
export function Document({
  label,
  text,
  version,
  canWrite,
  empty,
  draft,
  save,
  nameOfAuthor,
  writing,
}: DocumentProps) {
  const words = useText();
  const format = useFormat();
  const form = useSubmit();
  const [mine, setMine] = useState<string | null>(null);
  // Whoever writes fast saves with the key that follows the last letter, before that letter has been shown.
  const latest = useRef<string | null>(null);
  const [base, setBase] = useState({ text, version });
  const [clash, setClash] = useState<Clash | null>(null);
  const [left, setLeft] = useState(draft.read);

  // A draft of yesterday was made of yesterday's text: whether that still stands there is found out when it is saved.
  const begin = (start: string, from: Base = { text, version }) => {
    setBase(from);
    setMine(start);
    setLeft(null);
  };
  const write = (written: string) => {
    latest.current = written;
    setMine(written);
    draft.keep(written, base);
  };
  const close = () => {
    latest.current = null;
    setMine(null);
    setClash(null);
    form.forget();
  };
  const finish = () => {
    draft.drop();
    close();
  };
  /** Whoever leaves without saving finds the draft again; nobody's words are lost with a key. */
  const leave = () => {
    if (mine === null || mine === base.text) return finish();
    setLeft(draft.read());
    close();
  };
  const store = (against: number) =>
    form.submit(async () => {
      const written = latest.current ?? mine;
      if (written === null) return;
      try {
        if (written !== text) await save(written, against);
        finish();
      } catch (error) {
        if (!(error instanceof ApiError) || error.status !== 412) throw error;
        const { current = "", version: newest = version, author } = error.detail;
        setClash({
          theirs: String(current),
          version: Number(newest),
          author: author ? nameOfAuthor?.(Number(author)) : undefined,
        });
      }
    });

  if (mine === null)
    return (
      <div className={styles.read}>
        {left && canWrite && (
          <p className={styles.left}>
            {words("forms.draft_found", { when: format.moment(left.at) })}
            <Button size="compact-xs" variant="default" onClick={() => begin(left.text, left.base)}>
              {words("forms.draft_open")}
            </Button>
            <Button
              size="compact-xs"
              variant="subtle"
              onClick={() => {
                draft.drop();
                setLeft(null);
              }}
            >
              {words("forms.draft_drop")}
            </Button>
          </p>
        )}
        {text ? (
          <Markdown text={text} />
        ) : (
          // biome-ignore lint/a11y/noStaticElementInteractions lint/a11y/useKeyWithClickEvents: the button below does it for keys
          <div
            className={canWrite ? styles.invitation : styles.empty}
            onClick={canWrite ? () => begin(text) : undefined}
          >
            {empty}
          </div>
        )}
        {canWrite && (
          <Button size="compact-xs" variant="subtle" className={styles.edit} onClick={() => begin(text)}>
            {words(text ? "action.edit" : "forms.write")}
          </Button>
        )}
      </div>
    );
  return (
    <div className={styles.write}>
      {clash && (
        <Conflict
          theirs={clash.theirs}
          mine={mine}
          author={clash.author}
          onTakeTheirs={leave}
          onKeepMine={() => void store(clash.version)}
        />
      )}
      <MarkdownEditor
        label={label}
        value={mine}
        onChange={write}
        onCancel={leave}
        writing={writing}
        onSave={() => void store(base.text === text ? version : base.version)}
      />
      {!clash && base.text !== text && mine !== text && (
        <p className={styles.meanwhile} role="status">
          {words("forms.changed_meanwhile")}
        </p>
      )}
      <RefusalLine reason={form.reason} />
      <div className={styles.actions}>
        <Button
          size="xs"
          loading={form.isBusy}
          onClick={() => void store(base.text === text ? version : base.version)}
        >
          {words("action.save")}
        </Button>
        <Button size="xs" variant="default" onClick={leave}>
          {words("action.cancel")}
        </Button>
      </div>
    </div>
  );
}
