import type { Choices, Reason, Way } from "../../../api/inbox-types";

export type Wish = { reason: Reason; way: Way; scope: string; is_on: boolean | null };

/** What was chosen for exactly this scope; undefined where nothing was. */
export const chosenIn = ({ choices }: Choices, scope: string, reason: Reason, way: Way) =>
  choices.find((one) => one.scope === scope && one.reason === reason && one.way === way)?.is_on;

export const byDefault = ({ off }: Choices, reason: Reason, way: Way) =>
  !off.some((one) => one.reason === reason && one.way === way);

/** What holds in a scope: its own choice, else what holds everywhere, else the default. */
export function holds(choices: Choices, scope: string, reason: Reason, way: Way): boolean {
  return (
    chosenIn(choices, scope, reason, way) ??
    chosenIn(choices, "", reason, way) ??
    byDefault(choices, reason, way)
  );
}
