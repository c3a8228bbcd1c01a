import { type ComponentProps, type ComponentType, useState } from "react";
import { whenFetched } from "./when-fetched";

type ButtonProps = ComponentProps<"button">;

/** A button whose menu is fetched when somebody reaches for it, and then opens. Until it is here the button stands alone. */
export function onDemand<Props extends object>(
  load: () => Promise<{ default: ComponentType<Props> }>,
  Face: ComponentType<Props & ButtonProps>,
): ComponentType<Props> {
  const Menu = whenFetched(load, Face);
  const fetch = () => void load().catch(() => {}); // it is asked for again when it is wanted
  return function OnDemand(props: Props) {
    const [isAsked, ask] = useState(false);
    if (isAsked) return <Menu {...props} />;
    return (
      <Face
        {...props}
        aria-haspopup="menu"
        aria-expanded={false}
        onPointerEnter={fetch}
        onFocus={fetch}
        onClick={() => ask(true)}
      />
    );
  };
}
