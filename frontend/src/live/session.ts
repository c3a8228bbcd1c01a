import { get, send, whenSignedOut } from "../api/client";
import type { Language, Me, Status } from "../api/types";
import { setLanguage, setTimeZone } from "../i18n/language";
import { Observable } from "../observable";
import { forgetEverything } from "./forget";
import { dropAllKeptBut, isUnreachable, keep, kept, notAsOf } from "./kept";
import { forgetPerson, PERSON_KEY, personHere, rememberPerson } from "./person-here";

export type Session = { state: "unknown" } | { state: "out" } | { state: "in"; me: Me };

/** Set while somebody who signed out without a connection has yet to be signed out by the server. */
const LEAVING = "accord.leaving";

/** Whose page this is; what it has in its memory is never shown to anybody else. */
let pageOf: number | null = null;

export const session = new Observable<Session>({ state: "unknown" });
/** The other tabs of the same person in this browser. */
let otherTabs: BroadcastChannel | null = null;
let languagePickedAtTheDoor: Language | null = null;

whenSignedOut(() => {
  forgetPerson();
  void dropAllKeptBut(null).catch(() => {});
  session.set({ state: "out" });
});

/** Whether asking for protected things before `/me` has answered is worth a request. */
export const isProbablySignedIn = () => personHere() !== null;

export async function loadSession() {
  try {
    if (localStorage.getItem(LEAVING)) await leave();
    // Who was never here is asked for openly, instead of being refused something.
    if (!isProbablySignedIn() && !(await get<Status>("/status")).signed_in)
      return session.set({ state: "out" });
    await enter(await get<Me>("/me"));
  } catch (error) {
    const copy = isUnreachable(error) ? await kept<Me>("me", "").catch(() => undefined) : undefined;
    if (!copy) return session.set({ state: "out" });
    notAsOf(copy.at);
    await show(copy.value);
  }
}

/** After a start without a connection: whether this still is somebody who is signed in, and what they are now. */
export async function confirmSession() {
  await enter(await get<Me>("/me"));
}

export async function signIn(email: string, password: string) {
  const me = await send<Me>("POST", "/session", { body: { email, password } });
  if (languagePickedAtTheDoor && languagePickedAtTheDoor !== me.language) {
    me.language = languagePickedAtTheDoor;
    void send("PATCH", "/me", { body: { language: me.language } });
  }
  await enter(me);
}

/** Takes over an answer that signed somebody in by another way: set-up, an invitation. */
export async function enter(me: Me) {
  rememberPerson(me.id);
  if (pageOf !== null && pageOf !== me.id) return location.reload();
  void keepOnly(me);
  await show(me);
}

async function show(me: Me) {
  pageOf = me.id;
  otherTabs ??= openOtherTabs(me.id);
  await setLanguage(me.language);
  setTimeZone(me.time_zone);
  session.set({ state: "in", me });
}

/** What a person sets in one tab, their language or their names, is so in the others without a reload. */
function openOtherTabs(me: number) {
  const tabs = new BroadcastChannel(`accord.me.${me}`);
  tabs.onmessage = ({ data }: MessageEvent<Me>) => {
    if (session.get().state === "in") void show(data); // who is out here comes in by the door
  };
  return tabs;
}

/** Whoever used this browser before has left nothing to read. */
async function keepOnly(me: Me) {
  await dropAllKeptBut(me.id).catch(() => {});
  await keep("me", "", me);
}

/** Tells when, in another tab of this browser, this person has signed out or somebody else has signed in. */
export function whenSomebodyElse(callback: () => void) {
  addEventListener("storage", ({ key, newValue }) => {
    const isAboutUs = key === PERSON_KEY || key === null;
    if (isAboutUs && pageOf !== null && newValue !== String(pageOf)) callback();
  });
}

/** Whether, as far as this browser knows, this person is the one who is signed in. */
export const isSignedIn = (person: number) => personHere() === person;

/** Ends the session, wipes what this browser kept, and starts over with an empty memory. */
export async function signOut() {
  localStorage.setItem(LEAVING, "1");
  await leave().catch((error) => {
    if (!isUnreachable(error)) throw error;
  });
  forgetPerson();
  await forgetEverything();
  location.assign("/");
}

/** Tells the server. Without a connection it hears of it as soon as this browser is used again. */
async function leave() {
  await send("DELETE", "/session");
  localStorage.removeItem(LEAVING);
}

/** Somebody's own settings: shown at once, put back when refused. */
export async function changeMe(change: Partial<Me>) {
  const before = session.get();
  if (before.state !== "in") return;
  session.set({ state: "in", me: { ...before.me, ...change } });
  if (change.language) await setLanguage(change.language);
  if (change.time_zone) setTimeZone(change.time_zone);
  try {
    const me = await send<Me>("PATCH", "/me", { body: change });
    session.set({ state: "in", me });
    otherTabs?.postMessage(me);
  } catch (error) {
    session.set(before);
    if (change.language) await setLanguage(before.me.language);
    throw error;
  }
}

/** At the sign-in page there is nobody yet whose setting it could be; it becomes theirs when they sign in. */
export async function pickLanguageAtTheDoor(language: Language) {
  languagePickedAtTheDoor = language;
  await setLanguage(language);
}
