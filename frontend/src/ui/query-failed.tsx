import { Button } from "@mantine/core";
import { useText } from "../i18n/language";
import { EmptyState } from "./empty-state";

/** Something could not be read; nothing is lost, and trying again may help. */
export function QueryFailed({ onRetry }: { onRetry: () => unknown }) {
  const text = useText();
  return (
    <EmptyState
      title={text("forms.not_loaded")}
      lead={text("error.offline")}
      action={<Button onClick={() => void onRetry()}>{text("action.retry")}</Button>}
    />
  );
}
