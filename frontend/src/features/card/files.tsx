import { Button } from "@mantine/core";
import { IconPaperclip } from "@tabler/icons-react";
import { type DragEvent, useEffect, useEffectEvent, useRef, useState } from "react";
import { ApiError } from "../../api/errors";
import { useText } from "../../i18n/language";
import { uploadFile } from "../../live/sent-deeds";
import { RefusalLine } from "../../ui/refusal-line";
import { useCard } from "./card-context";
import styles from "./card-sheet.module.css";
import { FileRow } from "./file-row";
import own from "./files.module.css";

const MOST_BYTES = 25 * 1024 * 1024;

/** Files on the card: dropped anywhere on this part, or chosen. */
export function Files() {
  const { task, files, canComment } = useCard();
  const text = useText();
  const input = useRef<HTMLInputElement>(null);
  const [isOver, setOver] = useState(false);
  const [sending, setSending] = useState<string[]>([]);
  const [reasons, setReasons] = useState<string[]>([]);

  const upload = async (chosen: File[]) => {
    setReasons([]);
    for (const file of chosen) {
      const refuse = (reason: string) => setReasons((now) => [...now, `${file.name}: ${reason}`]);
      if (file.size > MOST_BYTES) {
        refuse(text("card.file_too_large"));
        continue;
      }
      setSending((now) => [...now, file.name]);
      try {
        await uploadFile(task, file);
      } catch (error) {
        refuse(error instanceof ApiError ? error.message : text("error.offline"));
      }
      setSending((now) => now.filter((name) => name !== file.name));
    }
  };
  const onDrag = (event: DragEvent) => {
    if (!canComment || !event.dataTransfer.types.includes("Files")) return;
    event.preventDefault();
    setOver(event.type === "dragover");
    if (event.type === "drop") void upload([...event.dataTransfer.files]);
  };
  // A file that is pasted while no text is being written is meant for the card.
  const onPaste = useEffectEvent((event: ClipboardEvent) => {
    const pasted = [...(event.clipboardData?.files ?? [])];
    const isWriting = event.target instanceof Element && event.target.closest("[contenteditable=true]");
    if (!canComment || pasted.length === 0 || isWriting || event.defaultPrevented) return;
    event.preventDefault();
    void upload(pasted);
  });
  useEffect(() => {
    const listen = (event: ClipboardEvent) => onPaste(event);
    document.addEventListener("paste", listen);
    return () => document.removeEventListener("paste", listen);
  }, []);
  if (files.length === 0 && !canComment) return null;
  return (
    <section
      className={`${styles.section} ${own.files}`}
      aria-label={text("card.files")}
      data-over={isOver || undefined}
      onDragOver={onDrag}
      onDragLeave={onDrag}
      onDrop={onDrag}
    >
      <h3>{text("card.files")}</h3>
      <ul className={own.list}>
        {files.map((file) => (
          <FileRow key={file.id} file={file} />
        ))}
        {sending.map((name) => (
          <li key={name} className={own.row} aria-busy="true">
            <span className={own.name}>{name}</span>
            <span className={own.meta}>{text("card.sending")}</span>
          </li>
        ))}
      </ul>
      {reasons.map((reason) => (
        <RefusalLine key={reason} reason={reason} />
      ))}
      {canComment && (
        <p className={own.drop}>
          <Button
            size="compact-sm"
            variant="subtle"
            leftSection={<IconPaperclip size={15} stroke={1.7} aria-hidden />}
            onClick={() => input.current?.click()}
          >
            {text("card.add_file")}
          </Button>
          <span>{text("card.drop_hint")}</span>
          <input
            ref={input}
            type="file"
            multiple
            hidden
            aria-label={text("card.add_file")}
            onChange={(event) => {
              void upload([...(event.currentTarget.files ?? [])]);
              event.currentTarget.value = "";
            }}
          />
        </p>
      )}
    </section>
  );
}
