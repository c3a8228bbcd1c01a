import { useClaim, useOthersOn } from "../../live/presence-hooks";
import { onDemand } from "../../ui/on-demand";
import { PresenceButton } from "./presence-button";

const Here = onDemand(
  async () => ({ default: (await import("./presence-menu")).PresenceMenu }),
  PresenceButton,
);

type PresenceProps = { streams: readonly string[]; boardOf?: (task: number) => string | undefined };

/** Faces of the others who are on this board now; who they are, opens. */
export function Presence({ streams, boardOf }: PresenceProps) {
  const others = useOthersOn(streams);
  useClaim(streams, boardOf);
  return others.length > 0 ? <Here others={others} /> : null;
}
