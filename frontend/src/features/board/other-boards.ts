import type { Team, WorkFunction } from "../../api/types";
import type { Workspace } from "../../live/workspace";

/** The boards over several initiatives that somebody can go to, besides their own work and the accounts. */
export function otherBoards({ functions, teams }: Pick<Workspace, "functions" | "teams">) {
  return {
    queues: [...functions.values()].sort((a, b) => a.position - b.position),
    teams: [...teams.values()],
  };
}

export const toQueue = ({ code }: WorkFunction) =>
  ({ to: "/queues/$function", params: { function: code } }) as const;
export const toTeam = ({ id }: Team) => ({ to: "/teams/$team", params: { team: String(id) } }) as const;
