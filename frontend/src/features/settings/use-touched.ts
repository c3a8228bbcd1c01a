import { useIsFetching, useQuery } from "@tanstack/react-query";
import { get } from "../../api/client";
import type { Touched } from "../../api/types";
import { type Touching, touchedPath } from "./touching";

/** The cards that a change would touch, as they are now. */
export function useTouched(touching: Touching) {
  const path = touchedPath(touching);
  return useQuery({
    queryKey: ["touched", path],
    queryFn: ({ signal }) => get<Touched>(path, { signal }),
    staleTime: 0,
    gcTime: 0,
  });
}

/** Whether that is still being found out for something on the page. */
export const useIsAskingWhat = () => useIsFetching({ queryKey: ["touched"] }) > 0;
