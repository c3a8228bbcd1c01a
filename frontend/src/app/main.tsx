import "../styles/layers.css";
import "../styles/mantine";
import "../styles/tokens.css";
import "../styles/roles.css";
import "../styles/base.css";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { firstLanguage, setLanguage } from "../i18n/language";
import { boards } from "../live/boards";
import { isProbablySignedIn, loadSession } from "../live/session";
import { workspaceSource } from "../live/streams";
import { applyRememberedTheme } from "./appearance";
import { shareNonce } from "./nonce";
import { Providers } from "./providers";
import { router } from "./router";
import { startServiceWorker } from "./service-worker";

applyRememberedTheme();
shareNonce();

// Everything the first paint waits for leaves together, before React has even been asked.
const words = setLanguage(firstLanguage());
void loadSession();
if (isProbablySignedIn()) {
  void workspaceSource.load();
  boards.prefetch(location.pathname);
}

// The page's own code too is here before React draws: it would hold back for 300 ms what comes after a fallback.
void Promise.all([words, router.load()]).then(() => {
  const root = document.getElementById("root");
  if (!root) throw new Error("The page has no #root");
  createRoot(root).render(
    <StrictMode>
      <Providers>
        <RouterProvider router={router} />
      </Providers>
    </StrictMode>,
  );
});

startServiceWorker();
