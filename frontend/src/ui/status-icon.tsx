import type { StatusCategory } from "../api/types";
import styles from "./status-icon.module.css";

const COLOURS = new Set(["grey", "blue", "amber", "violet", "green", "red", "teal"]);

/** The state of a card as a small clock face: dashed, empty, half, paused, three quarters, ticked, crossed. */
export function StatusIcon({
  category,
  color,
  size = 14,
}: {
  category: StatusCategory;
  color?: string;
  size?: number;
}) {
  const ink = color && COLOURS.has(color) ? `var(--status-${color})` : undefined;
  return (
    <svg
      className={`${styles.icon} ${styles[category]}`}
      style={ink ? { color: ink } : undefined}
      width={size}
      height={size}
      viewBox="0 0 14 14"
      aria-hidden="true"
    >
      {shapes[category]}
    </svg>
  );
}

const ring = <circle cx="7" cy="7" r="5.2" fill="none" stroke="currentColor" strokeWidth="1.5" />;
const disc = <circle cx="7" cy="7" r="6" fill="currentColor" />;
const shapes = {
  backlog: (
    <circle
      cx="7"
      cy="7"
      r="5.2"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeDasharray="1.7 1.6"
    />
  ),
  ready: ring,
  active: (
    <>
      {ring}
      <path d="M7 4a3 3 0 0 1 0 6z" fill="currentColor" />
    </>
  ),
  waiting: (
    <>
      {ring}
      <path d="M5.7 5v4M8.3 5v4" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" />
    </>
  ),
  review: (
    <>
      {ring}
      <path d="M7 7V4a3 3 0 1 1-3 3z" fill="currentColor" />
    </>
  ),
  done: (
    <>
      {disc}
      <path
        d="M4.4 7.2 6.2 9l3.4-3.7"
        fill="none"
        stroke="var(--surface)"
        strokeWidth="1.6"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </>
  ),
  cancelled: (
    <>
      {disc}
      <path d="M5 5l4 4M9 5 5 9" stroke="var(--surface)" strokeWidth="1.6" strokeLinecap="round" />
    </>
  ),
} satisfies Record<StatusCategory, React.ReactNode>;
