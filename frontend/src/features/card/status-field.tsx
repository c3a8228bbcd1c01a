import { useText } from "../../i18n/language";
import { Picker } from "../../ui/picker";
import { StatusIcon } from "../../ui/status-icon";
import { useCard } from "./card-context";
import { useStatusChoices } from "./use-status-choices";

/** Where the card stands, and where it may go; a status it may not go to says why. */
export function StatusField() {
  const { task, canWork } = useCard();
  const text = useText();
  const choices = useStatusChoices();
  const now = choices.find(({ isChosen }) => isChosen);
  const icon = (status: (typeof choices)[number]["status"]) => (
    <StatusIcon category={status.category} color={status.color} size={16} />
  );
  return (
    <Picker
      label={text("card.status")}
      choices={choices.map(({ status, ...choice }) => ({ ...choice, icon: icon(status) }))}
      chosen={[task.status]}
      isDisabled={!canWork}
      onChange={([chosen]) => choices.find(({ id }) => id === chosen)?.run()}
    >
      {now && icon(now.status)}
      {now?.name ?? ""}
    </Picker>
  );
}
