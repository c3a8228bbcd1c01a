import { Slice } from "@tiptap/pm/model";
import { EditorContent, useEditor } from "@tiptap/react";
import { useId, useMemo, useRef, useState } from "react";
import { createPortal } from "react-dom";
import { useText } from "../../i18n/language";
import markdown from "../markdown.module.css";
import { RefusalLine } from "../refusal-line";
import { extensions } from "./extensions";
import { Source } from "./keep-source";
import { LinkField } from "./link-field";
import { MentionList } from "./mention-list";
import { type Offer, offering } from "./offering";
import { placeOf } from "./place-of";
import styles from "./rich-editor.module.css";
import { Toolbar } from "./toolbar";
import { usePictures } from "./use-pictures";
import type { Writing } from "./writing";

type RichEditorProps = {
  label: string;
  /** Where it begins; what is written since is told by `onChange`. */
  value: string;
  onChange: (value: string) => void;
  onSave: () => void;
  onCancel: () => void;
  writing?: Writing;
};

/** Markdown as it will look, while it is written. What nobody touches stays byte for byte as it was. */
export function RichEditor({ label, value, onChange, onSave, onCancel, writing = {} }: RichEditorProps) {
  const text = useText();
  const list = useId();
  const [offer, setOffer] = useState<Offer | null>(null);
  const [isLinking, setLinking] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const source = useRef<Source | null>(null);
  const latest = useRef({ onChange, onSave, onCancel, writing, isOffering: false });
  latest.current = { onChange, onSave, onCancel, writing, isOffering: offer !== null };

  const known = useMemo(
    () => [
      ...extensions,
      offering({ offer: (query) => latest.current.writing.offer?.(query) ?? [], show: setOffer }),
    ],
    [],
  );
  const editor = useEditor({
    extensions: known,
    injectCSS: false,
    autofocus: "end",
    onBeforeCreate: ({ editor: made }) => {
      source.current = new Source(value, made.schema);
      made.options.content = source.current.doc.toJSON();
    },
    onUpdate: ({ editor: changed }) =>
      latest.current.onChange(source.current?.write(changed.state.doc) ?? value),
    editorProps: {
      attributes: {
        class: `${styles.area} ${markdown.text}`,
        "aria-label": label,
        role: "textbox",
        "aria-multiline": "true",
      },
      handleKeyDown: (_view, event) => {
        if (event.isComposing || latest.current.isOffering) return false;
        const isSave = event.key === "Enter" && (event.ctrlKey || event.metaKey);
        if (!isSave && event.key !== "Escape") return false;
        event.preventDefault();
        event.stopPropagation();
        if (isSave) latest.current.onSave();
        else latest.current.onCancel();
        return true;
      },
      handlePaste: (_view, event) => pictures.take(event.clipboardData),
      handleDrop: (_view, event, _slice, isMoved) => !isMoved && pictures.take(event.dataTransfer),
      clipboardTextParser: (pasted, _context, isPlain, view) => {
        const { doc } = new Source(isPlain ? escaped(pasted) : pasted, view.state.schema);
        return new Slice(doc.content, 1, 1);
      },
    },
  });
  const pictures = usePictures(editor, () => latest.current.writing.upload);

  if (!editor) return null;
  const place = offer && placeOf(offer.at);
  return (
    <div className={styles.editor}>
      <Toolbar
        editor={editor}
        onLink={() => setLinking(true)}
        onPicture={writing.upload ? () => input.current?.click() : undefined}
      />
      {isLinking && <LinkField editor={editor} onClose={() => setLinking(false)} />}
      <EditorContent editor={editor} />
      <span role="status" className="sr-only">
        {offer?.offered[offer.active]?.name}
      </span>
      {pictures.isBusy && <p className={styles.busy}>{text("editor.sending")}</p>}
      <RefusalLine reason={pictures.reason} />
      <input
        ref={input}
        type="file"
        accept="image/*"
        multiple
        hidden
        aria-label={text("editor.picture")}
        onChange={(event) => {
          pictures.send([...(event.currentTarget.files ?? [])]);
          event.currentTarget.value = "";
        }}
      />
      {offer &&
        createPortal(
          <div className={styles.offer} style={place ?? undefined}>
            <MentionList id={list} offered={offer.offered} active={offer.active} onPick={offer.pick} />
          </div>,
          document.body,
        )}
    </div>
  );
}

const escaped = (plain: string) => plain.replace(/[\\`*_[\]<>#~|&]/g, "\\$&");
