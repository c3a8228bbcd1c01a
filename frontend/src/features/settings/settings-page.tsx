import { getRouteApi, Link } from "@tanstack/react-router";
import { type ComponentType, useEffect, useRef } from "react";
import { useText } from "../../i18n/language";
import { useMe } from "../../live/hooks";
import { EmptyState } from "../../ui/empty-state";
import { PageHeader } from "../../ui/page-header";
import { ConnectionSection } from "./connection-section";
import { FunctionsSection } from "./functions-section";
import { LabelsSection } from "./labels-section";
import { PeopleSection } from "./people-section";
import { ProfileSection } from "./profile-section";
import { type Section, sectionsFor } from "./sections";
import styles from "./settings-page.module.css";
import { TeamsSection } from "./teams-section";
import { HooksSection } from "./telling/hooks-section";
import { NotificationsSection } from "./telling/notifications-section";
import { WorkSection } from "./telling/work-section";
import { WorkflowsSection } from "./workflows-section";

const route = getRouteApi("/shell/settings/$section");

const SECTIONS: Record<Section, ComponentType> = {
  profile: ProfileSection,
  notifications: NotificationsSection,
  hooks: HooksSection,
  connection: ConnectionSection,
  people: PeopleSection,
  functions: FunctionsSection,
  teams: TeamsSection,
  workflows: WorkflowsSection,
  labels: LabelsSection,
  work: WorkSection,
};

/** One's own settings, and for administrators those that everybody shares. */
export function SettingsPage() {
  const { section } = route.useParams();
  const text = useText();
  const me = useMe();
  const open = sectionsFor(me);
  const nav = useRef<HTMLElement>(null);
  // On a phone the sections are a strip that is wider than the screen.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another section is another place in the strip
  useEffect(() => {
    const chosen = nav.current?.querySelector("[aria-current]");
    chosen?.scrollIntoView?.({ inline: "center", block: "nearest" });
  }, [section]);
  const Chosen = open.includes(section as Section) ? SECTIONS[section as Section] : null;
  return (
    <>
      <PageHeader title={text("settings.title")} />
      <div className={styles.page}>
        <nav ref={nav} className={styles.nav} aria-label={text("settings.title")}>
          {open.map((one) => (
            <Link key={one} to="/settings/$section" params={{ section: one }}>
              {text(`settings.section_${one}`)}
            </Link>
          ))}
        </nav>
        <div className={styles.content}>
          {Chosen ? (
            <Chosen />
          ) : (
            <EmptyState
              title={text("error.missing_title")}
              lead={text(section in SECTIONS ? "settings.only_administrators" : "error.missing_lead")}
            />
          )}
        </div>
      </div>
    </>
  );
}
