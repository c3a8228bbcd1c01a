declare const self: ServiceWorkerGlobalScope;

/** Both are written in by the build (vite.config.ts): the files of this version, and a word that changes with them. */
const FILES = "__FILES__" as unknown as string[];
const BUILD = "__BUILD__";

const PREFIX = "accord-build-";
const OWN = PREFIX + BUILD;

export const isOwnFile = (path: string) => FILES.includes(path);

/** Everything that this version may need, so that no page is missing on the train. */
export async function keepFiles() {
  const cache = await caches.open(OWN);
  const missing: string[] = [];
  for (const file of FILES) if (!(await cache.match(file))) missing.push(file);
  await cache.addAll(missing);
}

/** Names change with content, so what is kept is right for ever. */
export async function readFile(request: Request): Promise<Response> {
  return (await caches.match(request.url, { ignoreVary: true })) ?? fetch(request);
}

/** The version before stays: tabs that still show it may yet ask for one of its pages. */
export async function removeOldFiles() {
  const builds = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== OWN);
  await Promise.all(builds.slice(0, -1).map((name) => caches.delete(name)));
}
