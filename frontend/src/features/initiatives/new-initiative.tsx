import { useNavigate, useParams } from "@tanstack/react-router";
import { useText } from "../../i18n/language";
import { useAccount, useAccounts, useProjects } from "../../live/query-hooks";
import { NewInitiativeForm } from "./new-initiative-form";

/** The dialog at /initiatives/new, and at an account's own /new-initiative, where the account is given. */
export function NewInitiative() {
  const { code } = useParams({ strict: false });
  return code ? <OfAccount code={code} /> : <OfAnybody />;
}

function OfAccount({ code }: { code: string }) {
  const navigate = useNavigate();
  const { data: account } = useAccount(code);
  const { data: projects } = useProjects();
  if (!account || !projects) return null;
  return (
    <NewInitiativeForm
      accounts={[account]}
      account={account.id}
      projects={projects}
      onClose={() => void navigate({ to: "/accounts/$code", params: { code } })}
    />
  );
}

function OfAnybody() {
  const navigate = useNavigate();
  const text = useText();
  const { data: accounts } = useAccounts();
  const { data: projects } = useProjects();
  if (!accounts || !projects) return null;
  return (
    <NewInitiativeForm
      accounts={accounts}
      account={null}
      internal={text("initiatives.internal_choice")}
      projects={projects}
      onClose={() => void navigate({ to: "/initiatives", search: (search) => search })}
    />
  );
}
