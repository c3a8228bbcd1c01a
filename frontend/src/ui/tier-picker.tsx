import type { Tier } from "../api/types";
import { useText } from "../i18n/language";
import { Picker } from "./picker";
import { TierBadge } from "./tier-badge";

export const TIERS: readonly Tier[] = ["S", "A", "B", "C", "candidate", "exited"];

export function TierPicker(props: {
  label: string;
  tier: Tier;
  onChange: (tier: Tier) => void;
  look?: "field" | "plain";
}) {
  const text = useText();
  return (
    <Picker
      label={props.label}
      look={props.look}
      choices={TIERS.map((id) => ({
        id,
        name: text(`tier.${id}`),
        icon: id.length === 1 ? <b>{id}</b> : undefined,
      }))}
      chosen={[props.tier]}
      onChange={([id]) => id && props.onChange(id as Tier)}
    >
      <TierBadge tier={props.tier} />
    </Picker>
  );
}
