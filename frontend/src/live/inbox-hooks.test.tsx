import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act, renderHook, waitFor } from "@testing-library/react";
import type { ReactNode } from "react";
import { expect, test, vi } from "vitest";
import * as api from "../api/client";
import { tellUnread } from "./inbox";
import { useInbox } from "./inbox-hooks";

const shelf = (...subjects: string[]) => ({
  items: subjects.map((subject) => ({ subject })),
  next: null,
  unread: 0,
});

test("a first answer that was on its way when the inbox changed does not count", async () => {
  const answers: ((page: ReturnType<typeof shelf>) => void)[] = [];
  vi.spyOn(api, "get").mockImplementation(() => new Promise((tell) => answers.push(tell as never)));
  const queries = new QueryClient();
  const { result } = renderHook(() => useInbox("done"), {
    wrapper: ({ children }: { children: ReactNode }) => (
      <QueryClientProvider client={queries}>{children}</QueryClientProvider>
    ),
  });
  await waitFor(() => expect(answers).toHaveLength(1));

  act(() => tellUnread(0));
  await waitFor(() => expect(answers).toHaveLength(2));
  answers[0]?.(shelf("task:1"));
  answers[1]?.(shelf("task:1", "task:2"));
  await waitFor(() =>
    expect(result.current.bundles?.map(({ subject }) => subject)).toEqual(["task:1", "task:2"]),
  );
});
