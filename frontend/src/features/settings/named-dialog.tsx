import type { ReactNode } from "react";
import type { Named } from "../../api/types";
import type { TextKey } from "../../i18n/catalogue";
import { useText } from "../../i18n/language";
import { FormDialog } from "../../ui/form-dialog";
import type { useSubmit } from "../../ui/use-submit";
import { NameInputs } from "./name-inputs";

type NamedDialogProps = {
  title: TextKey;
  lead?: string | undefined;
  isNew: boolean;
  form: ReturnType<typeof useSubmit>;
  names: Named;
  onNames: (names: Partial<Named>) => void;
  /** Sends what the form says. */
  save: () => Promise<unknown>;
  onClose: () => void;
  /** Nothing can be saved yet. */
  isBusy?: boolean;
  children: ReactNode;
};

/** The dialog of something that people share, new or changed: its names come first. It closes once it is saved. */
export function NamedDialog({
  title,
  lead,
  isNew,
  form,
  names,
  onNames,
  save,
  onClose,
  isBusy,
  children,
}: NamedDialogProps) {
  const text = useText();
  return (
    <FormDialog
      title={text(title)}
      lead={lead}
      submit={text(isNew ? "action.add" : "action.save")}
      isBusy={form.isBusy || isBusy === true}
      reason={form.reason}
      onSubmit={async () => {
        if (await form.submit(save)) onClose();
      }}
      onClose={onClose}
    >
      <NameInputs names={names} onChange={onNames} reasonOf={form.reasonOf} />
      {children}
    </FormDialog>
  );
}
