import { CloseButton } from "@mantine/core";
import { IconFile } from "@tabler/icons-react";
import { useState } from "react";
import type { TaskFile } from "../../api/types";
import { bytes } from "../../i18n/bytes";
import { useFormat } from "../../i18n/format";
import { useText } from "../../i18n/language";
import { removeFile } from "../../live/card-commands";
import { useNameOf, usePerson } from "../../live/hooks";
import { ConfirmDialog } from "../../ui/confirm-dialog";
import { useCard } from "./card-context";
import { FilePreview, hasPreview } from "./file-preview";
import styles from "./files.module.css";

/** A file with its picture if it is one. Pictures and PDFs open over the card, everything else is saved. */
export function FileRow({ file }: { file: TaskFile }) {
  const { store, task, me, canComment, canManage } = useCard();
  const text = useText();
  const format = useFormat();
  const nameOf = useNameOf();
  const person = usePerson(file.uploaded_by);
  const [isAsking, ask] = useState(false);
  const [isOpen, setOpen] = useState(false);
  const [isUnreadable, setUnreadable] = useState(false);
  const canRemove = canComment && (canManage || file.uploaded_by === me.id);
  const facts = [bytes(file.size, format.number), person && nameOf(person), format.ago(file.created_at)];
  return (
    <li className={styles.row}>
      <span className={styles.preview}>
        {file.is_image && !isUnreadable ? (
          <img src={`${file.url}/small`} alt="" loading="lazy" onError={() => setUnreadable(true)} />
        ) : (
          <IconFile size={18} stroke={1.6} aria-hidden />
        )}
      </span>
      <span className={styles.words}>
        {hasPreview(file) ? (
          <button type="button" className={styles.name} onClick={() => setOpen(true)}>
            {file.name}
          </button>
        ) : (
          <a className={styles.name} href={file.url} download={file.name}>
            {file.name}
          </a>
        )}
        <span className={styles.meta}>{facts.filter(Boolean).join(" · ")}</span>
      </span>
      {canRemove && (
        <CloseButton
          size="sm"
          aria-label={text("card.remove_file", { file: file.name })}
          onClick={() => ask(true)}
        />
      )}
      {isOpen && <FilePreview file={file} onClose={() => setOpen(false)} />}
      {isAsking && (
        <ConfirmDialog
          title={text("card.remove_file", { file: file.name })}
          lead={text("card.undo_helps")}
          action={text("action.remove")}
          isDanger
          onConfirm={async () => removeFile(store, task, file.id)}
          onClose={() => ask(false)}
        />
      )}
    </li>
  );
}
