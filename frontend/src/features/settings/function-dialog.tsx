import { TextInput } from "@mantine/core";
import { useState } from "react";
import { send } from "../../api/client";
import type { WorkFunction } from "../../api/types";
import { useText } from "../../i18n/language";
import { FunctionBadge } from "../../ui/function-badge";
import { functionColour } from "../../ui/function-colour";
import { Glyph } from "../../ui/glyph";
import { useSubmit } from "../../ui/use-submit";
import { NamedDialog } from "./named-dialog";
import styles from "./settings-page.module.css";
import { Swatches } from "./swatches";

const COLOURS = [
  "account",
  "sales",
  "marketing",
  "support",
  "operations",
  "management",
  "#8a5a00",
  "#0b7285",
  "#c2255c",
  "#5c940d",
];
const ICONS = ["briefcase", "tag", "megaphone", "headset", "box", "bars", "checklist", "talk", "clip"];

export function FunctionDialog({ work, onClose }: { work: WorkFunction | null; onClose: () => void }) {
  const text = useText();
  const form = useSubmit(["code", "name", "name_zh", "color", "icon"]);
  const [draft, setDraft] = useState({
    code: work?.code ?? "",
    name: work?.name ?? "",
    name_zh: work?.name_zh ?? "",
    color: work?.color ?? "management",
    icon: work?.icon ?? "box",
  });
  const save = () => {
    const { code, ...rest } = draft;
    return work
      ? send("PATCH", `/functions/${work.id}`, { body: rest })
      : send("POST", "/functions", { body: { ...rest, code: code || codeOf(rest.name) } });
  };
  return (
    <NamedDialog
      title={work ? "settings.edit_function" : "settings.add_function"}
      isNew={!work}
      form={form}
      names={draft}
      onNames={(names) => setDraft({ ...draft, ...names })}
      save={save}
      onClose={onClose}
    >
      {!work && (
        <TextInput
          label={text("settings.code")}
          description={text("settings.code_hint")}
          value={draft.code || codeOf(draft.name)}
          onChange={(event) => setDraft({ ...draft, code: event.currentTarget.value })}
          error={form.reasonOf("code")}
          pattern="[a-z][a-z0-9_]{0,39}"
          required
        />
      )}
      <Swatches
        label={text("settings.colour")}
        chosen={draft.color}
        onChange={(color) => setDraft({ ...draft, color })}
        reason={form.reasonOf("color")}
        choices={COLOURS.map((id) => ({
          id,
          name: id,
          look: <span className={styles.dot} style={{ color: functionColour(id) }} />,
        }))}
      />
      <Swatches
        label={text("settings.icon")}
        chosen={draft.icon}
        onChange={(icon) => setDraft({ ...draft, icon })}
        reason={form.reasonOf("icon")}
        choices={ICONS.map((id) => ({ id, name: id, look: <Glyph name={id} size={18} /> }))}
      />
      {draft.name && (
        <p>
          <FunctionBadge of={draft} />
        </p>
      )}
    </NamedDialog>
  );
}

/** "Customer success" → customer_success; a code is for programs and never shown. */
export function codeOf(name: string) {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^[^a-z]+|_+$/g, "")
    .slice(0, 40);
}
