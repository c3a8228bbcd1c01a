import { BrowsersPanel } from "./browsers-panel";
import { ChatPanel } from "./chat-panel";
import { HoursPanel } from "./hours-panel";
import { WaysPanel } from "./ways-panel";

/** What one is told, how, and when; and what came of it in the last month. */
export function NotificationsSection() {
  return (
    <>
      <WaysPanel />
      <HoursPanel />
      <BrowsersPanel />
      <ChatPanel />
    </>
  );
}
