import type { Named } from "../../api/types";
import page from "../../ui/page.module.css";
import { TwoNames } from "../../ui/two-names";

type NameInputsProps = {
  names: Named;
  onChange: (names: Partial<Named>) => void;
  reasonOf: (field: string) => string | undefined;
};

/** Everything that people share has a name in both languages. */
export function NameInputs(props: NameInputsProps) {
  return (
    <div className={page.two}>
      <TwoNames {...props} maxLength={60} hasFocus />
    </div>
  );
}
