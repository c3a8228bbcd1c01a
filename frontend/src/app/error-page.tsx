import { useText } from "../i18n/language";
import { EmptyState } from "../ui/empty-state";
import main from "../ui/main-button.module.css";

/** What is shown when a page threw: no blame, and one way on. */
export function ErrorPage({ error }: { error: unknown }) {
  const text = useText();
  console.error(error);
  return (
    <EmptyState
      title={text("error.title")}
      lead={text("error.lead")}
      action={
        <button type="button" className={main.button} onClick={() => location.reload()}>
          {text("action.reload")}
        </button>
      }
    />
  );
}
