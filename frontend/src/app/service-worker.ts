import { whenIdle } from "../live/when-idle";
import { Observable } from "../observable";

/** A newer version of Accord that has arrived and waits: the old one stays until somebody says so. */
export const waitingVersion = new Observable<ServiceWorker | null>(null);

const LOOK_EVERY_MS = 3600_000;

/** After the page: fetching everything for a time without a connection must not delay what is asked for now. */
export function startServiceWorker() {
  if (!import.meta.env.PROD || !("serviceWorker" in navigator)) return;
  const begin = () => whenIdle(() => void register().catch(() => {}));
  if (document.readyState === "complete") begin();
  else addEventListener("load", begin);
}

async function register() {
  const registration = await navigator.serviceWorker.register("/service-worker.js");
  const note = () => void noteWaiting(registration.waiting);
  registration.addEventListener("updatefound", () => {
    registration.installing?.addEventListener("statechange", note);
  });
  note();
  lookNowAndThen(registration);
}

/** A page that was loaded since the new version arrived already is that version: only the worker has to follow. */
async function noteWaiting(worker: ServiceWorker | null) {
  if (!worker || !navigator.serviceWorker.controller) return;
  if (await hasFile(worker, new URL(import.meta.url).pathname)) worker.postMessage("take over");
  else waitingVersion.set(worker);
}

function hasFile(worker: ServiceWorker, file: string): Promise<boolean> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => resolve(data === true);
    worker.postMessage({ has: file }, [port2]);
  });
}

/** Browsers look for a new version when a page is loaded; some pages stay open for weeks. */
function lookNowAndThen(registration: ServiceWorkerRegistration) {
  let looked = Date.now();
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState !== "visible" || Date.now() - looked < LOOK_EVERY_MS) return;
    looked = Date.now();
    void registration.update().catch(() => {});
  });
}

export function takeNewVersion(worker: ServiceWorker) {
  navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
  worker.postMessage("take over");
}
