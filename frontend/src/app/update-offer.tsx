import { useState, useSyncExternalStore } from "react";
import { useText } from "../i18n/language";
import { takeNewVersion, waitingVersion } from "./service-worker";
import styles from "./update-offer.module.css";

/** A new version is here. Nobody is interrupted: it is taken when somebody says so, or the next time Accord is opened. */
export function UpdateOffer() {
  const text = useText();
  const worker = useSyncExternalStore(waitingVersion.subscribe, waitingVersion.get);
  const [isPutOff, putOff] = useState(false);
  if (!worker || isPutOff) return null;
  return (
    <div className={styles.offer} role="status">
      <span>{text("update.ready")}</span>
      <button type="button" className={styles.take} onClick={() => takeNewVersion(worker)}>
        {text("update.take")}
      </button>
      <button type="button" className={styles.later} onClick={() => putOff(true)}>
        {text("update.later")}
      </button>
    </div>
  );
}
