import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { StatusCategory, StatusColour } from "../api/types";
import markdown from "./markdown.module.css";
import styles from "./mention-chips.module.css";
import { StatusIcon } from "./status-icon";

/** Somebody who is mentioned; oneself stands out. */
export function PersonChip({ isMe, children }: { isMe: boolean; children: ReactNode }) {
  return (
    <span className={markdown.mention} data-me={isMe || undefined}>
      {children}
    </span>
  );
}

export function AccountChip({ code, children }: { code: string; children: ReactNode }) {
  return (
    <Link to="/accounts/$code" params={{ code }} className={styles.chip}>
      @{children}
    </Link>
  );
}

type CardChipProps = {
  href: string;
  cardKey: string;
  title: string;
  status?: { category: StatusCategory; color: StatusColour } | undefined;
};

export function CardChip({ href, cardKey, title, status }: CardChipProps) {
  return (
    <Link to={href} className={styles.chip}>
      {status && <StatusIcon category={status.category} color={status.color} size={13} />}
      <span className={styles.key}>{cardKey}</span> {title}
    </Link>
  );
}

/** What the reader may not see, or what is no more: the words of the text. */
export const PlainMention = ({ children }: { children: ReactNode }) => (
  <span className={markdown.mention}>{children}</span>
);
