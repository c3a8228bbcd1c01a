declare const self: ServiceWorkerGlobalScope;

/** What the server pushes (notifications/transports/push): already in the person's language. */
type Told = { id: string; title: string; body: string; link: string; tag: string; language: string };

/** A push must show something, whatever came. */
export async function show(data: PushMessageData | null) {
  const told = read(data);
  if (!told) return self.registration.showNotification("Accord");
  return self.registration.showNotification(told.title, {
    body: told.body,
    tag: told.tag,
    lang: told.language,
    icon: "/static/icons/192.png",
    badge: "/static/icons/192.png",
    data: { link: told.link },
  });
}

function read(data: PushMessageData | null): Told | null {
  try {
    return (data?.json() as Told) ?? null;
  } catch {
    return null;
  }
}

/** To the card: in a window of Accord that is open, else in a new one. Links of other places are not followed. */
export async function open(link: unknown) {
  const address = new URL(typeof link === "string" ? link : "/inbox", self.location.origin);
  const path = address.pathname + address.search;
  const windows = await self.clients.matchAll({ type: "window" });
  const shown = windows.find(({ url }) => new URL(url).pathname === address.pathname) ?? windows[0];
  if (!shown) return self.clients.openWindow(path);
  await shown.focus().catch(() => {}); // a browser may not let us, and may still show it
  return shown.url.endsWith(path) ? shown : shown.navigate(path);
}
