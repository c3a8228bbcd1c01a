import { useState } from "react";
import { useClaim, useOthersOn } from "../../live/presence-hooks";
import { whenFetched } from "../../ui/when-fetched";
import { PresenceButton } from "./presence-button";

const PresenceMenu = whenFetched(
  async () => ({ default: (await import("./presence-menu")).PresenceMenu }),
  PresenceButton,
);

type PresenceProps = { streams: readonly string[]; boardOf?: (task: number) => string | undefined };

/** Faces of the others who are on this board now; who they are, opens. */
export function Presence({ streams, boardOf }: PresenceProps) {
  const others = useOthersOn(streams);
  const [isAsked, ask] = useState(false);
  useClaim(streams, boardOf);
  if (others.length === 0) return null;
  if (isAsked) return <PresenceMenu others={others} />;
  return <PresenceButton others={others} aria-haspopup="menu" onClick={() => ask(true)} />;
}
