import { TextInput } from "@mantine/core";
import { useEffect, useState } from "react";

/** A time of day. It is told once it is whole and the field is left, not with every digit. */
export function TimeField({
  label,
  time,
  onChange,
}: {
  label: string;
  time: string | null;
  onChange: (time: string) => void;
}) {
  const shown = (time ?? "").slice(0, 5);
  const [draft, setDraft] = useState(shown);
  useEffect(() => setDraft(shown), [shown]);
  const leave = () => {
    if (!draft) setDraft(shown);
    else if (draft !== shown) onChange(draft);
  };
  return (
    <TextInput
      type="time"
      label={label}
      value={draft}
      onChange={(event) => setDraft(event.currentTarget.value)}
      onBlur={leave}
    />
  );
}
