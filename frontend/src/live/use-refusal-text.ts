import { useFormat } from "../i18n/format";
import { useText } from "../i18n/language";
import { useNameOf, useWorkspace } from "./hooks";
import type { Refusal } from "./refusal";

/** A refusal in words: what is missing, and what would help. */
export function useRefusalText() {
  const text = useText();
  const format = useFormat();
  const nameOf = useNameOf();
  const { functions } = useWorkspace();

  return (refusal: Refusal): { title: string; remedy: string } => {
    switch (refusal.why) {
      case "read_only":
        return { title: text("refuse.read_only_title"), remedy: text("refuse.read_only") };
      case "no_way": {
        const source = nameOf(refusal.source);
        const targets = format.either(refusal.open.map(nameOf));
        const remedy = targets
          ? text("refuse.no_way", { source, targets })
          : text("refuse.no_way_out", { source });
        return { title: text("refuse.no_way_title", { source }), remedy };
      }
      case "functions": {
        const names = refusal.functions
          .map((id) => functions.get(id))
          .filter((one) => one !== undefined)
          .map(nameOf);
        const who = format.either(refusal.orManager ? [...names, text("refuse.manager")] : names);
        return {
          title: text("refuse.functions_title", { who }),
          remedy: text("refuse.functions", { who, target: nameOf(refusal.target) }),
        };
      }
      case "role":
        return { title: text("refuse.role_title"), remedy: text("refuse.role") };
      case "full": {
        const { target, total } = refusal;
        return {
          title: text("refuse.full_title", { target: nameOf(target) }),
          remedy: text("refuse.full", { total, limit: target.limit ?? 0 }),
        };
      }
      case "stays":
        return { title: text(`refuse.stays_${refusal.with}_title`), remedy: text("refuse.stays") };
      case "past":
        return { title: text("refuse.past_title"), remedy: text("refuse.past") };
      case "before_start":
        return {
          title: text("refuse.before_start_title", { date: format.date(refusal.start) }),
          remedy: text("refuse.before_start"),
        };
      case "no_status":
        return {
          title: text("refuse.no_status_title", { category: text(`category.${refusal.category}`) }),
          remedy: text("refuse.no_status"),
        };
    }
  };
}
