import type { ReactNode } from "react";
import type { ProjectHealth } from "../api/types";
import { useText } from "../i18n/language";
import styles from "./health-badge.module.css";
import { Tag, type Tone } from "./tag";

const TONES: Record<Exclude<ProjectHealth, "">, Tone> = {
  on_track: "good",
  at_risk: "warn",
  off_track: "bad",
};

/** A shape each, for those who don't see the colours apart: round, pointed, angular. */
const SHAPES: Record<Exclude<ProjectHealth, "">, ReactNode> = {
  on_track: <circle cx="5" cy="5" r="4" />,
  at_risk: <path d="M5 .8 9.6 9H.4z" />,
  off_track: <path d="M3.1.5h3.8l2.6 2.6v3.8L6.9 9.5H3.1L.5 6.9V3.1z" />,
};

/** How an initiative is doing, as somebody judged it. Nothing where nobody did. */
export function HealthBadge({ health, note }: { health: ProjectHealth; note?: string }) {
  const text = useText();
  if (!health) return null;
  return (
    <Tag tone={TONES[health]} title={note || undefined}>
      <svg className={styles.shape} viewBox="0 0 10 10" aria-hidden="true">
        {SHAPES[health]}
      </svg>
      {text(`health.${health}`)}
    </Tag>
  );
}
