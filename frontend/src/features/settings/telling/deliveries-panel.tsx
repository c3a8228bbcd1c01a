import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { get } from "../../../api/client";
import type { Deliveries, DeliveryState } from "../../../api/ways-types";
import { useText } from "../../../i18n/language";
import pages from "../../../ui/page.module.css";
import { Panel } from "../../../ui/panel";
import { Spinner } from "../../../ui/spinner";
import { ToggleChip } from "../../../ui/toggle-chip";
import { DeliveryRows } from "./delivery-rows";

const STATES = ["failed", "waiting", "sent", "dropped"] as const;
const REFRESH_MS = 5000;

/** For administrators: what has left the house, or is about to, without what it says. */
export function DeliveriesPanel() {
  const text = useText();
  const [state, setState] = useState<DeliveryState | null>(null);
  const { data, refetch } = useQuery({
    queryKey: ["deliveries", { state }],
    queryFn: () => get<Deliveries>(`/deliveries${state ? `?state=${state}` : ""}`),
    refetchInterval: REFRESH_MS,
  });
  return (
    <Panel title={text("work.deliveries")}>
      <div className={pages.wrap}>
        <ToggleChip isOn={state === null} onChange={() => setState(null)}>
          {text("work.all_states")}
        </ToggleChip>
        {STATES.map((one) => (
          <ToggleChip key={one} isOn={state === one} onChange={(isOn) => setState(isOn ? one : null)}>
            {text(`telling.state_${one}`)}
          </ToggleChip>
        ))}
      </div>
      {!data && <Spinner />}
      {data?.items.length === 0 && <p className={pages.soft}>{text("telling.no_deliveries")}</p>}
      {data && <DeliveryRows label={text("work.deliveries")} rows={data.items} onChanged={refetch} />}
    </Panel>
  );
}
