import { createHash } from "node:crypto";
import react from "@vitejs/plugin-react";
import type { Plugin, Rolldown } from "vite";
import { defineConfig } from "vitest/config";

const server = process.env.ACCORD_SERVER ?? "http://127.0.0.1:8000";

const BASE = "/static/";
const WORKER = "service-worker";

/** What draws PDFs is large, and of no use without a connection: the files themselves aren't kept either. */
const isForFiles = (name: string) => /\/pdf-/.test(name);

/** Tells the service worker which files belong to its version: those of the build, and those that lie in public/. */
function filesForWorker(): Plugin {
  return {
    name: "files-for-worker",
    apply: "build",
    generateBundle(_options, bundle) {
      const files = Object.keys(bundle)
        .filter((name) => /\.(js|css|woff2)$/.test(name) && name !== `${WORKER}.js` && !isForFiles(name))
        .map((name) => BASE + name);
      const version = createHash("sha256").update(files.join()).digest("hex").slice(0, 12);
      const worker = bundle[`${WORKER}.js`];
      if (worker?.type !== "chunk") throw new Error("The build has no service worker");
      if (worker.imports.length) throw new Error("The service worker must be one file");
      worker.code = worker.code
        .replace(/["'`]__FILES__["'`]/, () => JSON.stringify(files))
        .replace("__BUILD__", version);
    },
  };
}

/** Fails where files of the build import each other in a circle: what one of them does first may then need the other. */
function noCircles(): Plugin {
  return {
    name: "no-circles",
    apply: "build",
    generateBundle(_options, bundle) {
      const done = new Set<string>();
      const look = (name: string, way: string[]) => {
        if (way.includes(name)) throw new Error(`Files import each other: ${[...way, name].join(" → ")}`);
        const one = bundle[name];
        if (done.has(name) || one?.type !== "chunk") return;
        for (const next of one.imports) look(next, [...way, name]);
        done.add(name);
      };
      for (const name of Object.keys(bundle)) look(name, []);
    },
  };
}

/**
 * Names a group for all that a module needs before it can run. Mantine and the icons are left out: they are imported through
 * one file that names everything, so all of them would be taken for needed.
 */
function neededBy(path: string, group: string): Rolldown.CodeSplittingNameFunction {
  const needed = new Set<string>();
  return (id, graph) => {
    const next = needed.size ? [] : [new URL(path, import.meta.url).pathname];
    for (let at = next.pop(); at !== undefined; at = next.pop())
      for (const one of graph.getModuleInfo(at)?.importedIds ?? [])
        if (!needed.has(one) && !/@mantine|@tabler/.test(one)) {
          needed.add(one);
          next.push(one);
        }
    return needed.has(id) ? group : null;
  };
}

/**
 * What comes first, in few files: all that any page needs, all that the board needs beyond it, and what several of the others
 * share. Left alone, the bundler makes a file for each set of pages that shares something, and opening a board took 85
 * requests. Small ones are put together where that costs little: `entriesAwareMergeThreshold` is in bytes of source.
 * `scripts/size.mjs` says what the first load weighs.
 */
const SHARED: Rolldown.CodeSplittingGroup[] = [
  { name: neededBy("src/app/main.tsx", "base"), priority: 3 },
  { name: neededBy("src/features/board/board-page.tsx", "board"), priority: 2 },
  { name: "shared", priority: 1, minShareCount: 2, entriesAware: true, entriesAwareMergeThreshold: 4_000 },
];

export default defineConfig(({ command }) => ({
  plugins: [react(), filesForWorker(), noCircles()],
  // Built files lie under Django's /static/; the development server serves the app at its own addresses.
  base: command === "build" ? BASE : "/",
  build: {
    manifest: true,
    // Vite's default CSS target would rewrite light-dark() into something that ignores data-theme.
    cssTarget: ["chrome123", "firefox121", "safari17.5"],
    target: ["chrome123", "firefox121", "safari17.5"],
    rollupOptions: {
      input: { main: "src/app/main.tsx", [WORKER]: "src/worker/service-worker.ts" },
      output: {
        // The worker's name stays: browsers look at its address for a new version.
        codeSplitting: { groups: SHARED },
        entryFileNames: ({ name }) => (name === WORKER ? "[name].js" : "assets/[name]-[hash].js"),
      },
    },
    // Icons used as CSS masks travel inside the style sheet: no second request before the first card is painted.
    assetsInlineLimit: 4096,
    modulePreload: { polyfill: false },
  },
  server: {
    port: 5173,
    proxy: {
      // An object and not a string, which would change the Host that Django compares with the Origin.
      "/api": { target: server },
      "/ws": { target: server.replace("http", "ws"), ws: true },
    },
  },
  test: {
    environment: "jsdom",
    // One jsdom for each worker and not for each file, and files still apart from each other: a quarter of the time.
    pool: "vmThreads",
    include: ["src/**/*.test.{ts,tsx}"],
    setupFiles: ["src/test-setup.ts"],
    restoreMocks: true,
  },
}));
