import { createTheme, MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { ApiError } from "../api/errors";
import { useTheme } from "./appearance";
import { pageNonce } from "./nonce";

const theme = createTheme({
  fontFamily: "var(--font)",
  defaultRadius: "sm",
  cursorType: "pointer",
  respectReducedMotion: true,
  components: {
    Modal: { defaultProps: { transitionProps: { duration: 120 }, centered: false } },
    Drawer: { defaultProps: { transitionProps: { duration: 150 } } },
    Menu: { defaultProps: { transitionProps: { duration: 80 }, shadow: "md" } },
  },
});

const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      // Without a connection there may be a copy to show (live/kept.ts): questions are not held back.
      networkMode: "always",
      refetchOnReconnect: "always",
      retry: (tries, error) =>
        tries < 2 && navigator.onLine && !(error instanceof ApiError && error.status < 500),
    },
  },
});

/**
 * Mantine's variables come from our own style sheet (styles/roles.css), not from a style element written at run
 * time: one source for colours, and nothing for a content security policy to refuse.
 */
export function Providers({ children }: { children: ReactNode }) {
  const colorScheme = useTheme();
  return (
    <QueryClientProvider client={queryClient}>
      <MantineProvider
        theme={theme}
        forceColorScheme={colorScheme}
        getStyleNonce={pageNonce}
        withCssVariables={false}
        withGlobalClasses={false}
        deduplicateCssVariables={false}
      >
        {children}
      </MantineProvider>
    </QueryClientProvider>
  );
}
