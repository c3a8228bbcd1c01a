import { useQuery } from "@tanstack/react-query";
import { get } from "../../../api/client";
import type { Deliveries, Hook } from "../../../api/ways-types";
import { useText } from "../../../i18n/language";
import page from "../../../ui/page.module.css";
import { Spinner } from "../../../ui/spinner";
import { DeliveryRows } from "./delivery-rows";
import styles from "./telling.module.css";

const REFRESH_MS = 3000;

/** What was sent to a hook lately; it goes on being asked for while it is open, so that a test is seen to arrive. */
export function HookLog({ hook }: { hook: Hook }) {
  const text = useText();
  const { data, refetch } = useQuery({
    queryKey: ["deliveries", hook.id],
    queryFn: () => get<Deliveries>(`/hooks/${hook.id}/deliveries`),
    refetchInterval: REFRESH_MS,
  });
  return (
    <li className={styles.log}>
      {!data && <Spinner />}
      {data?.items.length === 0 && <p className={page.small}>{text("telling.no_deliveries")}</p>}
      {data && (
        <DeliveryRows
          label={text("telling.log_of", { name: hook.name })}
          rows={data.items}
          onChanged={refetch}
        />
      )}
    </li>
  );
}
