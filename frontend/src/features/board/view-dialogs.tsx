import { useText } from "../../i18n/language";
import { ConfirmDialog } from "../../ui/confirm-dialog";
import { useBoard } from "./board-context";
import { useViewChoices } from "./use-view-choices";
import { ViewDialog } from "./view-dialog";

/** What is asked about views: under which name one is kept, and whether it may go. */
export function ViewDialogs() {
  const { view: state, views } = useBoard();
  const { view, choose } = useViewChoices();
  const text = useText();
  const asked = state.viewDialog.get();
  const close = () => state.viewDialog.set(null);

  if (asked === "save" || asked === "rename")
    return (
      <ViewDialog
        view={asked === "rename" ? view : undefined}
        named={asked === "save" && view ? text("view.copy_of", { name: view.name }) : ""}
        onClose={close}
        onMade={choose}
      />
    );
  if (asked === null || !view) return null;
  return (
    <ConfirmDialog
      title={text("view.remove_title", { name: view.name })}
      lead={text(view.is_shared ? "view.remove_shared" : "view.remove_own")}
      action={text("action.remove")}
      isDanger
      onConfirm={async () => {
        await views.remove(view.id);
        choose(0);
      }}
      onClose={close}
    />
  );
}
