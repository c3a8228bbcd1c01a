import { Input } from "@mantine/core";
import { type ReactNode, useId } from "react";

/** A name, a hint and a reason around a control that isn't an input of its own. */
export function Field({
  label,
  hint,
  reason,
  children,
}: {
  label: string;
  hint?: ReactNode;
  reason?: string;
  children: (describedBy: string | undefined) => ReactNode;
}) {
  const id = useId();
  return (
    <Input.Wrapper label={label} labelElement="div" description={hint} error={reason} errorProps={{ id }}>
      {children(reason ? id : undefined)}
    </Input.Wrapper>
  );
}
