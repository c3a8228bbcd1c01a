import { useEffect, useState } from "react";
import { loadCatalogue, loadMore, makeText, type Text } from "../../i18n/catalogue";
import { useLocale } from "../../i18n/language";

/** The words of the language that isn't chosen: who reads Chinese finds "sign out" too. Null until they are here. */
export function useOtherWords(): Text | null {
  const { language } = useLocale();
  const [words, setWords] = useState<Text | null>(null);
  useEffect(() => {
    const other = language === "en" ? "zh-Hans" : "en";
    let isWanted = true;
    Promise.all([loadCatalogue[other](), loadMore[other]()]).then(
      ([first, more]) => isWanted && setWords(() => makeText(other, { ...first, ...more })),
      // Without a connection actions are found in one language.
      () => undefined,
    );
    return () => {
      isWanted = false;
    };
  }, [language]);
  return words;
}
