import { Button } from "@mantine/core";
import { useText } from "../../i18n/language";
import { EmptyState } from "../../ui/empty-state";

/** There is no such card, or it could not be fetched. */
export function MissingCard({ isMissing, onClose }: { isMissing: boolean; onClose: () => void }) {
  const text = useText();
  return (
    <EmptyState
      title={text(isMissing ? "error.missing_title" : "forms.not_loaded")}
      lead={text(isMissing ? "error.missing_lead" : "error.offline")}
      action={<Button onClick={onClose}>{text("card.to_board")}</Button>}
    />
  );
}
