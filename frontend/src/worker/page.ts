const CACHE = "accord-page";
/** The same page is served at every address; it finds out by itself which one it is at. */
const KEY = "/";
/** Whose address lets somebody in: they are only ever read from the server. */
const SECRET = /^\/(invite|reset|setup)(\/|$)/;
/** A line that is there but brings nothing is given up after this long, where there is a page to show instead. */
const PATIENCE_MS = 4000;

/** The page from the server; the one that was kept where there is no connection, or a proxy answers for a server that is gone. */
export async function openPage(event: FetchEvent): Promise<Response> {
  const asked = fromServer(event);
  const kept = await keptPage();
  if (!kept) return asked;
  const patience = new Promise<Response>((resolve) => setTimeout(() => resolve(kept), PATIENCE_MS));
  const answer = await Promise.race([asked, patience]).catch(() => kept);
  return [502, 503, 504].includes(answer.status) ? kept : answer;
}

async function fromServer(event: FetchEvent): Promise<Response> {
  const answer = ((await event.preloadResponse) as Response | undefined) ?? (await fetch(event.request));
  const isPage = answer.ok && nonceIn(answer) !== undefined;
  if (isPage && !SECRET.test(new URL(event.request.url).pathname)) {
    const copy = answer.clone();
    event.waitUntil(caches.open(CACHE).then((cache) => cache.put(KEY, copy)));
  }
  return answer;
}

/** With a nonce of its own: one that is used twice could be known. */
async function keptPage(): Promise<Response | undefined> {
  const page = await caches.match(KEY, { cacheName: CACHE, ignoreVary: true });
  const used = page && nonceIn(page);
  if (!page || !used) return undefined;
  const fresh = crypto.randomUUID();
  const headers = new Headers(page.headers);
  headers.set("Content-Security-Policy", policyOf(page).replaceAll(used, fresh));
  headers.delete("Content-Length");
  headers.delete("Content-Encoding");
  return new Response((await page.text()).replaceAll(used, fresh), { headers });
}

const policyOf = (page: Response) => page.headers.get("Content-Security-Policy") ?? "";
const nonceIn = (page: Response) => /'nonce-([^']+)'/.exec(policyOf(page))?.[1];
