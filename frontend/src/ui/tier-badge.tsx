import type { Tier } from "../api/types";
import { useText } from "../i18n/language";
import { Tag } from "./tag";

/** How much an account matters: the letter and its word. */
export function TierBadge({ tier }: { tier: Tier }) {
  const text = useText();
  const word = text(`tier.${tier}`);
  return (
    <Tag title={text("tier.label", { tier: word })}>
      {tier.length === 1 && <b aria-hidden data-letter={tier} />}
      {word}
    </Tag>
  );
}
