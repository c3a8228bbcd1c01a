import type { ReactNode } from "react";
import { FormDialog } from "./form-dialog";
import { useSubmit } from "./use-submit";

type ConfirmDialogProps = {
  title: string;
  lead: ReactNode;
  action: string;
  onConfirm: () => Promise<unknown>;
  onClose: () => void;
  isDanger?: boolean;
  /** What it would do is still being found out: nobody confirms before it is shown. */
  isWaiting?: boolean;
  children?: ReactNode;
};

/** Asks before something that can't be taken back. Stays open with the reason when it is refused. */
export function ConfirmDialog({
  title,
  lead,
  action,
  onConfirm,
  onClose,
  isDanger,
  isWaiting = false,
  children,
}: ConfirmDialogProps) {
  const form = useSubmit();
  return (
    <FormDialog
      title={title}
      lead={lead}
      submit={action}
      isBusy={form.isBusy || isWaiting}
      reason={form.reason}
      isDanger={isDanger}
      size={440}
      onClose={onClose}
      onSubmit={async () => {
        if (await form.submit(onConfirm)) onClose();
      }}
    >
      {children}
    </FormDialog>
  );
}
