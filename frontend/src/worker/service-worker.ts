/**
 * Opens Accord without a connection, and shows what is pushed: it keeps the files of the build and the page that carries them. It never touches
 * the API: what people may read is kept by the page itself, for each of them apart (live/kept.ts).
 */
import { isOwnFile, keepFiles, readFile, removeOldFiles } from "./build-files";
import { openPage } from "./page";
import { open, show } from "./push";

declare const self: ServiceWorkerGlobalScope;

self.addEventListener("install", (event) => event.waitUntil(keepFiles()));

self.addEventListener("activate", (event) => {
  event.waitUntil(
    Promise.all([
      removeOldFiles(),
      self.clients.claim(),
      // The page is asked for while this worker is still starting.
      self.registration.navigationPreload?.enable(),
    ]),
  );
});

self.addEventListener("fetch", (event) => {
  const { method, mode, url } = event.request;
  const { origin, pathname } = new URL(url);
  if (method !== "GET" || origin !== self.location.origin) return;
  if (pathname.startsWith("/static/")) event.respondWith(readFile(event.request));
  else if (mode === "navigate" && !/^\/(api|ws)\//.test(pathname)) event.respondWith(openPage(event));
});

self.addEventListener("push", (event) => event.waitUntil(show(event.data)));

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(open(event.notification.data?.link));
});

/** What the page says to the worker (app/service-worker.ts). */
self.addEventListener("message", ({ data, ports }) => {
  if (data === "take over") void self.skipWaiting();
  else if (data?.has) ports[0]?.postMessage(isOwnFile(data.has));
});
