import type { SocketState } from "./connection";

/** What the mark beside a page says: whether what is shown is what is, and how soon it will be. */
export function howLive(
  socket: SocketState,
  isCurrent: boolean,
): "live" | "slow" | "catching_up" | "offline" {
  if (socket === "offline") return "offline";
  if (socket === "connecting" || !isCurrent) return "catching_up";
  return socket === "slow" ? "slow" : "live";
}
