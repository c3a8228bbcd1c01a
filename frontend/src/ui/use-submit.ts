import { useState } from "react";
import { ApiError, NetworkError } from "../api/errors";
import { useText } from "../i18n/language";

type Refusal = { field: string | null; message: string };

/**
 * Sends what a form says and keeps the reason of a refusal: beside its field where the form shows one, else for the
 * whole form. `fields` are the names of those that show theirs.
 */
export function useSubmit(fields: readonly string[] = []) {
  const text = useText();
  const [isBusy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);

  /** True when it was done. */
  async function submit(action: () => Promise<unknown>): Promise<boolean> {
    setBusy(true);
    setRefusal(null);
    try {
      await action();
      return true;
    } catch (error) {
      if (error instanceof ApiError) setRefusal({ field: error.field, message: error.message });
      else if (error instanceof NetworkError) setRefusal({ field: null, message: text("error.offline") });
      else throw error;
      return false;
    } finally {
      setBusy(false);
    }
  }

  const isShownBeside = refusal?.field != null && fields.includes(refusal.field);
  return {
    submit,
    isBusy,
    reason: isShownBeside ? "" : (refusal?.message ?? ""),
    reasonOf: (field: string) => (refusal?.field === field ? refusal.message : undefined),
    refuse: (message: string, field: string | null = null) => setRefusal({ field, message }),
    forget: () => setRefusal(null),
  };
}
