import { useText } from "../i18n/language";
import { EmptyState } from "../ui/empty-state";
import main from "../ui/main-button.module.css";

export function MissingPage() {
  const text = useText();
  return (
    <EmptyState
      title={text("error.missing_title")}
      lead={text("error.missing_lead")}
      action={
        <a className={main.button} href="/accounts">
          {text("error.missing_action")}
        </a>
      }
    />
  );
}
