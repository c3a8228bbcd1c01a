import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { get } from "../api/client";
import { ApiError } from "../api/errors";
import type { Account, AccountRow, Page, Project, ProjectRow, Task } from "../api/types";
import { askAgain } from "./ask-again";
import { readOrKept } from "./kept";

/** Every row of a list, page after page: the lists people filter and sort are short enough to have whole. */
export async function fetchAll<Row>(path: string, signal?: AbortSignal): Promise<Row[]> {
  const rows: Row[] = [];
  const joint = path.includes("?") ? "&" : "?";
  for (let cursor = ""; ; ) {
    const page = await get<Page<Row>>(`${path}${joint}limit=200${cursor && `&cursor=${cursor}`}`, { signal });
    rows.push(...page.items);
    if (!page.next) return rows;
    cursor = encodeURIComponent(page.next);
  }
}

/** As `fetchAll`; without a connection, what this browser has kept of it. */
const fetchOrKept = <Row>(path: string, signal: AbortSignal) =>
  readOrKept("answer", path, () => fetchAll<Row>(path, signal));

/** What others change in lists shows after this long at the latest; what oneself changes shows at once. */
const REFRESH_MS = 60_000;

export const useAccounts = () =>
  useQuery({
    queryKey: ["accounts"],
    queryFn: ({ signal }) => fetchOrKept<AccountRow>("/accounts", signal),
    refetchInterval: REFRESH_MS,
  });

export const useProjects = () =>
  useQuery({
    queryKey: ["projects"],
    queryFn: ({ signal }) => fetchOrKept<ProjectRow>("/projects", signal),
    refetchInterval: REFRESH_MS,
  });

export const useProjectsOf = (account: number | undefined) =>
  useQuery({
    queryKey: ["projects", { account }],
    queryFn: ({ signal }) => fetchOrKept<ProjectRow>(`/projects?account=${account}`, signal),
    enabled: account !== undefined,
    refetchInterval: REFRESH_MS,
  });

export const useAccount = (code: string) =>
  useQuery({
    queryKey: ["account", code],
    queryFn: ({ signal }) => readOrKept("answer", `account ${code}`, () => fetchAccount(code, signal)),
  });

async function fetchAccount(code: string, signal: AbortSignal): Promise<Account> {
  const rows = await fetchAll<AccountRow>(`/accounts?q=${encodeURIComponent(code)}`, signal);
  const found = rows.find((row) => row.code === code);
  if (!found) throw new ApiError(404, { code: "not_found" });
  return get<Account>(`/accounts/${found.id}`, { signal });
}

export const useProject = (key: string) =>
  useQuery({
    queryKey: ["project", key],
    queryFn: ({ signal }) =>
      readOrKept("answer", `project ${key}`, () =>
        get<Project>(`/projects/by-key/${encodeURIComponent(key)}`, { signal }),
      ),
  });

/** After a change of an account or an initiative: whatever shows one asks again. */
export function useRefresh() {
  const client = useQueryClient();
  return useCallback(
    (
      ...kinds: (
        | "account"
        | "accounts"
        | "announcements"
        | "project"
        | "projects"
        | "invitations"
        | "sessions"
      )[]
    ) => Promise.all(kinds.map((kind) => askAgain(client, [kind]))),
    [client],
  );
}

/** A card by its key. One that is hidden answers as one that doesn't exist, and stays a key without a title. */
export const useTaskByKey = (key: string, enabled: boolean) =>
  useQuery({
    queryKey: ["task-by-key", key],
    queryFn: ({ signal }) => get<Task>(`/tasks/by-key/${encodeURIComponent(key)}`, { signal }),
    enabled,
    retry: false,
    staleTime: 60_000,
  });
