import { Button, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useEffect } from "react";
import { get } from "../../api/client";
import { isMissing } from "../../api/errors";
import type { Language } from "../../api/types";
import { hasChosenLanguage, setLanguage, useLocale, useText } from "../../i18n/language";
import { Spinner } from "../../ui/spinner";
import { Door } from "./door";
import styles from "./door.module.css";
import { JoinForm } from "./join-form";

const route = getRouteApi("/invite/$token");
type Invited = { email: string; invited_by: string; language: Language };

/** Somebody was asked in: they say who they are and choose a password. */
export function InvitePage() {
  const { token } = route.useParams();
  const text = useText();
  const { language } = useLocale();
  const path = `/invitations/${encodeURIComponent(token)}`;
  const { data, error, refetch } = useQuery({
    queryKey: ["invitation", token, language], // in which the inviter is named
    queryFn: () => get<Invited>(path),
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: (before) => before, // what was typed stays when the language changes
  });

  useEffect(() => {
    if (data && !hasChosenLanguage()) void setLanguage(data.language);
  }, [data]);

  if (isMissing(error))
    return (
      <Door title={text("welcome.no_invitation")} lead={text("welcome.no_invitation_lead")}>
        <Link to="/" className={styles.link}>
          {text("welcome.to_sign_in")}
        </Link>
      </Door>
    );
  if (error && !data)
    return (
      <Door title={text("forms.not_loaded")} lead={text("error.offline")}>
        <Button onClick={() => void refetch()}>{text("action.retry")}</Button>
      </Door>
    );
  if (!data) return <Spinner />;
  return (
    <Door title={text("welcome.invite_title")} lead={text("welcome.invite_lead", { name: data.invited_by })}>
      <JoinForm path={path} submit={text("welcome.invite_submit")}>
        {() => (
          <TextInput label={text("sign_in.email")} value={data.email} readOnly autoComplete="username" />
        )}
      </JoinForm>
    </Door>
  );
}
