import { useLocale } from "../i18n/language";
import { initialsIn, nameIn } from "../i18n/names";
import styles from "./avatar.module.css";

type Face = { id: number; name: string; name_zh: string };
type AvatarProps = {
  person: Face | null | undefined;
  size?: "tiny" | "small" | "medium" | "large";
  isHere?: boolean;
  /** Their name stands beside the face, and need not be heard twice. */
  isNamed?: boolean;
  className?: string;
};

/**
 * A face: two letters, or the last character of a Chinese name, on one of seven tints that stays with the person.
 * The letters are a picture (avatar.module.css): whoever listens to the page hears the name instead.
 */
export function Avatar({
  person,
  size = "small",
  isHere = false,
  isNamed = false,
  className = "",
}: AvatarProps) {
  const { language, text } = useLocale();
  const name = person ? nameIn(language, person) : text("person.unknown");
  const tint = person ? person.id % 7 : 6;
  return (
    <span
      className={`${styles.face} ${styles[size]} ${styles[`tint${tint}`]} ${isHere ? styles.here : ""} ${className}`}
      {...(isNamed ? { "aria-hidden": true } : { role: "img", "aria-label": name })}
      title={name}
      data-letters={person ? initialsIn(language, person) : "?"}
    />
  );
}
