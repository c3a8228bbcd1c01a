import type { QueryClient, QueryKey } from "@tanstack/react-query";

/**
 * Asks again for all answers under this key that somebody looks at.
 *
 * A first answer that is still on its way may be older than the change, and `invalidateQueries` alone would take it for
 * the answer asked for: it is given up first.
 */
export async function askAgain(client: QueryClient, queryKey: QueryKey) {
  await client.cancelQueries({ queryKey });
  await client.invalidateQueries({ queryKey });
}
