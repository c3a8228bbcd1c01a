import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { get } from "../../api/client";
import type { SearchAnswer, SearchKind } from "../../api/types";
import { useLocale } from "../../i18n/language";

/** What is found changes while people work: asked again after this long. */
const FRESH_MS = 10_000;

/** What fits, by kind. What was found before stays until the answer is here, so that nothing flickers. */
export function useFound(typed: string, { kind, limit }: { kind?: SearchKind | undefined; limit: number }) {
  const { language } = useLocale();
  const q = typed.trim();
  const path = `/search?q=${encodeURIComponent(q)}&limit=${limit}${kind ? `&kinds=${kind}` : ""}`;
  return useQuery({
    queryKey: ["search", language, path],
    queryFn: ({ signal }) => get<SearchAnswer>(path, { signal }),
    enabled: q !== "",
    placeholderData: q === "" ? undefined : keepPreviousData,
    staleTime: FRESH_MS,
  });
}
