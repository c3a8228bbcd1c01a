import { useState } from "react";
import { send } from "../../api/client";
import type { Label } from "../../api/types";
import { useText } from "../../i18n/language";
import { LabelChip } from "../../ui/label-chip";
import { useSubmit } from "../../ui/use-submit";
import { COLOURS } from "./colours";
import { NamedDialog } from "./named-dialog";
import { Swatches } from "./swatches";

export function LabelDialog({ label, onClose }: { label: Label | null; onClose: () => void }) {
  const text = useText();
  const form = useSubmit(["name", "name_zh", "color"]);
  const [draft, setDraft] = useState({
    name: label?.name ?? "",
    name_zh: label?.name_zh ?? "",
    color: label?.color ?? "grey",
  });
  const save = () =>
    label ? send("PATCH", `/labels/${label.id}`, { body: draft }) : send("POST", "/labels", { body: draft });
  return (
    <NamedDialog
      title={label ? "settings.edit_label" : "settings.add_label"}
      isNew={!label}
      form={form}
      names={draft}
      onNames={(names) => setDraft({ ...draft, ...names })}
      save={save}
      onClose={onClose}
    >
      <Swatches
        label={text("settings.colour")}
        chosen={draft.color}
        onChange={(color) => setDraft({ ...draft, color })}
        reason={form.reasonOf("color")}
        choices={COLOURS.map((id) => ({
          id,
          name: text(`settings.colour_${id}`),
          look: <LabelChip color={id} />,
        }))}
      />
    </NamedDialog>
  );
}
