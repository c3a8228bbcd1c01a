import {
  IconConfetti,
  IconEye,
  IconHeartFilled,
  IconHeartHandshake,
  IconMoodHappy,
  IconThumbUpFilled,
} from "@tabler/icons-react";
import type { ComponentType } from "react";
import type { Sign } from "../../api/types";
import type { IconProps } from "../../ui/actions";
import styles from "./reactions.module.css";

/** What may be given to a comment, in the order in which it is offered. Drawn, because not every machine has emoji. */
const ICONS: Record<Sign, ComponentType<IconProps>> = {
  like: IconThumbUpFilled,
  heart: IconHeartFilled,
  party: IconConfetti,
  laugh: IconMoodHappy,
  eyes: IconEye,
  thanks: IconHeartHandshake,
};
export const ORDER = Object.keys(ICONS) as Sign[];

export function SignIcon({ sign, size }: { sign: Sign; size: number }) {
  const Icon = ICONS[sign];
  return (
    <span className={styles.icon} data-sign={sign} aria-hidden>
      <Icon size={size} stroke={1.8} />
    </span>
  );
}
