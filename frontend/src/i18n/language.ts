import { useSyncExternalStore } from "react";
import { speak } from "../api/client";
import type { Language } from "../api/types";
import { Observable } from "../observable";
import { type Catalogue, loadCatalogue, loadMore, makeText, type Text } from "./catalogue";

const REMEMBERED = "accord.language";

type Locale = { language: Language; timeZone: string | undefined; text: Text };
let more: Promise<void> | null = null;
const locale = new Observable<Locale>({ language: "en", timeZone: undefined, text: (key) => key });

/** Switches the words, `<html lang>` and the language of the server's answers at once, without a reload. */
export async function setLanguage(language: Language) {
  const catalogue = await load(language);
  document.documentElement.lang = language;
  localStorage.setItem(REMEMBERED, language);
  speak(language);
  locale.set({ ...locale.get(), language, text: makeText(language, catalogue) });
}

/** For pages whose words the first load leaves out; later changes of the language bring them along. */
export function loadMoreWords(): Promise<void> {
  more ??= addMore();
  return more;
}

async function addMore() {
  const { language } = locale.get();
  const catalogue = await load(language);
  if (locale.get().language === language)
    locale.set({ ...locale.get(), text: makeText(language, catalogue) });
}

async function load(language: Language): Promise<Catalogue> {
  const early = more && loadMore[language]();
  const first = await loadCatalogue[language]();
  return { ...first, ...(await (early ?? (more && loadMore[language]()))) };
}

/** Days begin and end where the person is, not where the browser happens to run. */
export function setTimeZone(timeZone: string) {
  locale.set({ ...locale.get(), timeZone: timeZone || undefined });
}

/** What the reader chose before, else what their browser asks for. */
export function firstLanguage(): Language {
  const wanted = [localStorage.getItem(REMEMBERED), ...navigator.languages, document.documentElement.lang];
  const known = wanted.find((tag) => tag && /^(zh|en)/i.test(tag));
  return known?.toLowerCase().startsWith("zh") ? "zh-Hans" : "en";
}

export const hasChosenLanguage = () => localStorage.getItem(REMEMBERED) !== null;
export const currentLocale = locale.get;
export const useLocale = () => useSyncExternalStore(locale.subscribe, locale.get);
export const useText = () => useLocale().text;
