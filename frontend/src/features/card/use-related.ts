import { useQuery } from "@tanstack/react-query";
import { get } from "../../api/client";
import type { RelatedCard } from "../../api/types";
import { useCard } from "./card-context";

/** The related cards that one sees. They may be of other initiatives, so it is the server that knows them. */
export function useRelated() {
  const { task, history } = useCard();
  // Asked again whenever the story tells of a relation; the story doesn't say of which card elsewhere.
  const told = history.filter(({ body }) => body.type.startsWith("relation.")).length;
  const { data, refetch } = useQuery({
    queryKey: ["related", task.id, told],
    queryFn: ({ signal }) => get<{ items: RelatedCard[] }>(`/tasks/${task.id}/related`, { signal }),
    placeholderData: (before, query) => (query?.queryKey[1] === task.id ? before : undefined),
  });
  return { related: data?.items ?? [], refetch };
}
