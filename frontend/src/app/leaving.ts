import { signOut } from "../live/session";
import { outbox } from "../live/streams";
import { Observable } from "../observable";

/** How many changes would be lost: the person is asked (sign-out-dialog.tsx). Zero while nobody is. */
export const losing = new Observable(0);

/** Signs out; asks first where changes wait that signing out would throw away. */
export function leave() {
  const unsent = outbox?.waiting.get() ?? 0;
  if (unsent) losing.set(unsent);
  else void signOut();
}
