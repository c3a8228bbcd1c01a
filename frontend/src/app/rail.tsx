import {
  IconBuildingSkyscraper,
  IconFlag3,
  IconInbox,
  IconListCheck,
  IconSearch,
  IconSettings,
} from "@tabler/icons-react";
import { Link, useLocation } from "@tanstack/react-router";
import { useEffect } from "react";
import type { Me } from "../api/types";
import { useText } from "../i18n/language";
import { useUnread } from "../live/inbox-hooks";
import { openPalette } from "../ui/actions";
import { Brand } from "../ui/brand";
import { ariaKeys, caps } from "../ui/keys";
import { AvatarButton } from "./avatar-button";
import styles from "./rail.module.css";

// Only pages that exist stand here.
const pages = [
  { to: "/mine", word: "nav.mine", Icon: IconListCheck },
  { to: "/accounts", word: "nav.accounts", Icon: IconBuildingSkyscraper },
  { to: "/initiatives", word: "nav.initiatives", Icon: IconFlag3 },
] as const;

/** The way around: a rail on the left, a bar at the bottom of a phone. */
export function Rail({ me }: { me: Me }) {
  const text = useText();
  const unread = useUnread();
  useUnreadInTitle(unread);
  // A board is an initiative seen from inside, though its address is a short one of its own.
  const isBoard = useLocation({ select: ({ pathname }) => pathname.startsWith("/b/") });
  return (
    <nav className={styles.rail} aria-label={text("nav.main")}>
      <Link to="/accounts" className={styles.brand} aria-label={text("app.name")}>
        <Brand />
      </Link>
      <button
        type="button"
        className={styles.item}
        aria-haspopup="dialog"
        aria-keyshortcuts={ariaKeys(["Mod+k"])}
        title={caps("Mod+k").join(" ")}
        onClick={() => openPalette()}
      >
        <IconSearch size={18} stroke={1.6} aria-hidden />
        <span>{text("action.search")}</span>
      </button>
      <Link to="/inbox" className={styles.item}>
        <span className={styles.icon}>
          <IconInbox size={18} stroke={1.6} aria-hidden />
          {unread > 0 && (
            <span className={styles.badge} role="img" aria-label={text("nav.unread", { count: unread })}>
              {unread > 99 ? "99+" : unread}
            </span>
          )}
        </span>
        <span>{text("nav.inbox")}</span>
      </Link>
      {pages.map(({ to, word, Icon }) => (
        <Link
          key={to}
          to={to}
          className={styles.item}
          aria-current={isBoard && to === "/initiatives" ? "page" : undefined}
        >
          <Icon size={18} stroke={1.6} aria-hidden />
          <span>{text(word)}</span>
        </Link>
      ))}
      <span className={styles.grow} />
      <Link to="/settings" className={styles.item}>
        <IconSettings size={18} stroke={1.6} aria-hidden />
        <span>{text("nav.settings")}</span>
      </Link>
      <AvatarButton me={me} />
    </nav>
  );
}

/** "(3) Jinlan Bank · Accord": whoever works elsewhere sees in the tab that there is news. Pages name it as they like. */
function useUnreadInTitle(unread: number) {
  useEffect(() => {
    const mark = () => {
      const bare = document.title.replace(/^\(\d+\) /, "");
      const wanted = unread > 0 ? `(${unread}) ${bare}` : bare;
      if (document.title !== wanted) document.title = wanted;
    };
    mark();
    const watch = new MutationObserver(mark);
    watch.observe(document.head, { subtree: true, childList: true, characterData: true });
    return () => watch.disconnect();
  }, [unread]);
}
