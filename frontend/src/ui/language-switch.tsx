import type { Language } from "../api/types";
import { languageNames } from "../i18n/catalogue";
import { useLocale } from "../i18n/language";
import styles from "./language-switch.module.css";

/** Each language by its own name, one click away. */
export function LanguageSwitch({ choose }: { choose: (language: Language) => unknown }) {
  const { language: current, text } = useLocale();
  return (
    <fieldset className={styles.languages} aria-label={text("nav.language")}>
      {languageNames.map(({ language, name }) => (
        <button
          key={language}
          type="button"
          lang={language}
          aria-pressed={current === language}
          onClick={() => void choose(language)}
        >
          {name}
        </button>
      ))}
    </fieldset>
  );
}
