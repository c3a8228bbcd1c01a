import { PasswordInput, type PasswordInputProps } from "@mantine/core";
import "@mantine/core/styles/PasswordInput.layer.css";
import { useText } from "../i18n/language";

/** A field for a password, which can be shown while it is written. */
export function PasswordField(props: PasswordInputProps) {
  const text = useText();
  return (
    <PasswordInput visibilityToggleButtonProps={{ "aria-label": text("sign_in.show_password") }} {...props} />
  );
}
