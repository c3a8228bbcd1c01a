import { send } from "../../../api/client";
import type { BrowserRow } from "../../../api/ways-types";

export type PushState = "unsupported" | "insecure" | "denied" | "ready";

/** Whether this browser can show messages of a page that is closed. */
export function pushState(): PushState {
  if (!window.isSecureContext) return "insecure";
  if (!("serviceWorker" in navigator && "PushManager" in window && "Notification" in window))
    return "unsupported";
  return Notification.permission === "denied" ? "denied" : "ready";
}

/** The address at which this browser is pushed to, if it is. */
export async function subscribedEndpoint(): Promise<string | null> {
  if (pushState() !== "ready") return null;
  const registration = await navigator.serviceWorker.getRegistration();
  return (await registration?.pushManager.getSubscription())?.endpoint ?? null;
}

/** Asks the person, then the browser's push service, then tells the server. False where the person says no. */
export async function startPush(publicKey: string): Promise<boolean> {
  if ((await Notification.requestPermission()) !== "granted") return false;
  const registration = await navigator.serviceWorker.ready;
  const subscription = await registration.pushManager.subscribe({
    userVisibleOnly: true,
    applicationServerKey: publicKey,
  });
  const { endpoint, keys } = subscription.toJSON();
  await send<BrowserRow>("POST", "/me/browsers", { body: { endpoint, keys } });
  return true;
}

export async function stopPush() {
  const registration = await navigator.serviceWorker.getRegistration();
  await (await registration?.pushManager.getSubscription())?.unsubscribe();
}
