import { Button, Modal } from "@mantine/core";
import type { FormEvent, KeyboardEvent, ReactNode } from "react";
import { useText } from "../i18n/language";
import { isComposing } from "./composing";
import styles from "./form-dialog.module.css";
import { RefusalLine } from "./refusal-line";

type FormDialogProps = {
  title: string;
  lead?: ReactNode;
  submit: string;
  isBusy: boolean;
  reason: string;
  onSubmit: (form: FormData) => void;
  onClose: () => void;
  isDanger?: boolean;
  size?: number;
  children?: ReactNode;
};

/** A form over the page. Enter sends it, but never while an input method composes; Esc and the cross leave. */
export function FormDialog(props: FormDialogProps) {
  const { title, lead, submit, isBusy, reason, onSubmit, onClose, isDanger, size = 520, children } = props;
  const text = useText();
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    event.stopPropagation();
    onSubmit(new FormData(event.currentTarget));
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={title}
      size={size}
      closeButtonProps={{ "aria-label": text("action.close") }}
      classNames={{ content: styles.content, title: styles.title, header: styles.header, body: styles.body }}
    >
      <form className={styles.form} onSubmit={send} onKeyDown={holdWhileComposing}>
        {lead && <p className={styles.lead}>{lead}</p>}
        {children}
        <RefusalLine reason={reason} />
        <footer className={styles.actions}>
          <Button variant="default" onClick={onClose}>
            {text("action.cancel")}
          </Button>
          <Button type="submit" loading={isBusy} color={isDanger ? "red" : undefined}>
            {submit}
          </Button>
        </footer>
      </form>
    </Modal>
  );
}

/** Enter that chooses a word must not send the form. */
export function holdWhileComposing(event: KeyboardEvent) {
  if (event.key === "Enter" && isComposing(event) && event.target instanceof HTMLInputElement)
    event.preventDefault();
}
