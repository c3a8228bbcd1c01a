import { Switch, TextInput } from "@mantine/core";
import "@mantine/core/styles/InlineInput.layer.css";
import "@mantine/core/styles/Switch.layer.css";
import { useState } from "react";
import type { SavedView } from "../../api/types";
import { useText } from "../../i18n/language";
import { FormDialog } from "../../ui/form-dialog";
import { useSubmit } from "../../ui/use-submit";
import { useBoard } from "./board-context";
import { useViews } from "./use-board";

type ViewDialogProps = {
  /** The view whose name changes; without one a new view is made of how the board is looked at now. */
  view: SavedView | undefined;
  named: string;
  onClose: () => void;
  onMade: (id: number) => void;
};

/** The name of a view, and whether everybody who sees the board sees it too. */
export function ViewDialog({ view, named, onClose, onMade }: ViewDialogProps) {
  const board = useBoard();
  const { can } = useViews(board);
  const text = useText();
  const form = useSubmit(["name", "is_shared"]);
  const [name, setName] = useState(view?.name ?? named);
  const [isShared, setShared] = useState(view?.is_shared ?? false);

  async function save() {
    const isDone = await form.submit(async () => {
      if (view) return board.views.change(view.id, { name, is_shared: isShared });
      onMade((await board.views.add(name, board.settings, isShared)).id);
    });
    if (isDone) onClose();
  }

  return (
    <FormDialog
      title={text(view ? "view.edit_title" : "view.save_title")}
      lead={view ? undefined : text("view.save_lead")}
      submit={text("action.save")}
      isBusy={form.isBusy}
      reason={form.reason}
      size={440}
      onSubmit={() => void save()}
      onClose={onClose}
    >
      <TextInput
        label={text("view.name")}
        value={name}
        onChange={({ currentTarget }) => setName(currentTarget.value)}
        error={form.reasonOf("name")}
        maxLength={80}
        data-autofocus
        required
      />
      {(can.includes("share") || isShared) && (
        <Switch
          label={text("view.share")}
          description={text("view.share_hint")}
          checked={isShared}
          error={form.reasonOf("is_shared")}
          onChange={({ currentTarget }) => setShared(currentTarget.checked)}
        />
      )}
    </FormDialog>
  );
}
