import { Checkbox } from "@mantine/core";
import "@mantine/core/styles/Checkbox.layer.css";
import type { Choices, Reason, Way } from "../../../api/inbox-types";
import type { Lately } from "../../../api/ways-types";
import { useText } from "../../../i18n/language";
import { chosenIn, holds, type Wish } from "./effective";
import styles from "./telling.module.css";

type WaysTableProps = {
  scope: string;
  choices: Choices;
  news: Lately["news"];
  onChoose: (wish: Wish) => void;
};

/** Reasons down, ways across. What is not in the inbox is told in no other way. */
export function WaysTable({ scope, choices, news, onChoose }: WaysTableProps) {
  const text = useText();
  return (
    <table className={styles.ways} aria-label={text("telling.title")}>
      <thead>
        <tr>
          <th scope="col">{text("telling.reason")}</th>
          {choices.ways.map((way) => (
            <th key={way} scope="col">
              {text(`telling.way_${way}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {choices.reasons.map((reason) => (
          <tr key={reason}>
            <th scope="row">{text(`inbox.reason_${reason}`)}</th>
            {choices.ways.map((way) => (
              <td key={way}>
                <Cell {...{ scope, choices, reason, way, news, onChoose }} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Cell({
  scope,
  choices,
  reason,
  way,
  news,
  onChoose,
}: WaysTableProps & { reason: Reason; way: Way }) {
  const text = useText();
  const isOn = holds(choices, scope, reason, way);
  const isHidden = way !== "inbox" && !holds(choices, scope, reason, "inbox");
  const isOwn = scope !== "" && chosenIn(choices, scope, reason, way) !== undefined;
  const count = news.find((one) => one.reason === reason && one.way === way)?.count ?? 0;
  return (
    <div className={`${styles.cell} ${isOwn ? styles.own : ""}`}>
      <Checkbox
        checked={isOn && !isHidden}
        disabled={isHidden}
        aria-label={text("telling.cell", {
          reason: text(`inbox.reason_${reason}`),
          way: text(`telling.way_${way}`),
        })}
        onChange={() => onChoose({ reason, way, scope, is_on: !isOn })}
      />
      <small title={count ? text("telling.count", { count }) : undefined}>
        {isOwn ? text("telling.has_own") : count > 0 ? count : ""}
      </small>
    </div>
  );
}
