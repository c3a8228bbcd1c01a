import { lazy, Suspense, useState } from "react";
import type { Me } from "../api/types";
import { useText } from "../i18n/language";
import { useNameOf } from "../live/hooks";
import { Avatar } from "../ui/avatar";
import styles from "./rail.module.css";

const load = () => import("./avatar-menu");
const AvatarMenu = lazy(() => load().then((module) => ({ default: module.AvatarMenu })));

/** One's own face. Its menu is fetched when somebody reaches for it: a board must not wait for it. */
export function AvatarButton({ me }: { me: Me }) {
  const text = useText();
  const nameOf = useNameOf();
  const [isAsked, setAsked] = useState(false);
  const button = (
    <button
      type="button"
      className={styles.me}
      aria-label={text("nav.you", { name: nameOf(me) })}
      aria-haspopup="menu"
      onPointerEnter={load}
      onFocus={load}
      onClick={() => setAsked(true)}
    >
      <Avatar person={me} size="medium" />
    </button>
  );
  if (!isAsked) return button;
  return (
    <Suspense fallback={button}>
      <AvatarMenu me={me} />
    </Suspense>
  );
}
