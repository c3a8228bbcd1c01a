import { AppearancePanel } from "./appearance-panel";
import { NamesPanel } from "./names-panel";
import { PasswordPanel } from "./password-panel";
import { SessionsPanel } from "./sessions-panel";

/** What one may change about oneself. */
export function ProfileSection() {
  return (
    <>
      <NamesPanel />
      <AppearancePanel />
      <PasswordPanel />
      <SessionsPanel />
    </>
  );
}
