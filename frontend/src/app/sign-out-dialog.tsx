import { useText } from "../i18n/language";
import { signOut } from "../live/session";
import { ConfirmDialog } from "../ui/confirm-dialog";
import { losing } from "./leaving";

/** Signing out wipes what this browser keeps, and with it what was not sent yet. */
export function SignOutDialog({ count }: { count: number }) {
  const text = useText();
  return (
    <ConfirmDialog
      title={text("leave.title")}
      lead={text("leave.lead", { count })}
      action={text("leave.action")}
      isDanger
      onConfirm={signOut}
      onClose={() => losing.set(0)}
    />
  );
}
