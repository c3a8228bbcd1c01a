import { ActionIcon } from "@mantine/core";
import { IconArrowMerge } from "@tabler/icons-react";
import { useState } from "react";
import type { Label } from "../../api/types";
import { useText } from "../../i18n/language";
import { useNameOf, useWorkspace } from "../../live/hooks";
import { LabelChip } from "../../ui/label-chip";
import { KeptList } from "./kept-list";
import { LabelDialog } from "./label-dialog";
import { MergeLabel } from "./merge-label";

/** Words that people put on cards. */
export function LabelsSection() {
  const text = useText();
  const nameOf = useNameOf();
  const { labels } = useWorkspace();
  const [merged, merge] = useState<Label | null>(null);
  const rows = [...labels.values()].sort((a, b) => nameOf(a).localeCompare(nameOf(b)));
  return (
    <>
      <KeptList
        title={text("settings.section_labels")}
        lead={text("settings.labels_lead")}
        add={text("settings.add_label")}
        rows={rows}
        path={({ id }) => `/labels/${id}`}
        removeLead={text("settings.remove_label_lead")}
        shown={(row) => <LabelChip color={row.color} name={nameOf(row)} />}
        more={(row) => rows.length > 1 && <MergeButton name={nameOf(row)} onClick={() => merge(row)} />}
        dialog={(row, close) => <LabelDialog label={row} onClose={close} />}
      />
      {merged && (
        <MergeLabel
          label={merged}
          others={rows.filter(({ id }) => id !== merged.id)}
          onClose={() => merge(null)}
        />
      )}
    </>
  );
}

function MergeButton({ name, onClick }: { name: string; onClick: () => void }) {
  const said = useText()("settings.merge_of", { name });
  return (
    <ActionIcon variant="subtle" color="gray" aria-label={said} title={said} onClick={onClick}>
      <IconArrowMerge size={16} stroke={1.7} aria-hidden />
    </ActionIcon>
  );
}
