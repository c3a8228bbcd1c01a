import { getRouteApi, Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useFormat } from "../../i18n/format";
import { useText } from "../../i18n/language";
import { useFunction, useNameOf, usePerson, useWorkspace } from "../../live/hooks";
import { useAccounts, useProjects } from "../../live/query-hooks";
import { AccountCode } from "../../ui/account-code";
import { Avatar } from "../../ui/avatar";
import { EmptyState } from "../../ui/empty-state";
import { FunctionBadge } from "../../ui/function-badge";
import page from "../../ui/page.module.css";
import { PageHeader } from "../../ui/page-header";
import { Tag } from "../../ui/tag";
import styles from "./person-page.module.css";

const route = getRouteApi("/shell/people/$id");

/** Who somebody is: what they do, how to reach them, and what they answer for. */
export function PersonPage() {
  const { id } = route.useParams();
  const text = useText();
  const nameOf = useNameOf();
  const format = useFormat();
  const person = usePerson(Number(id));
  const work = useFunction(person?.function);
  const { teams } = useWorkspace();
  const accounts = useAccounts().data?.filter(({ owner }) => owner === person?.id) ?? [];
  const initiatives = useProjects().data?.filter(({ lead }) => lead === person?.id) ?? [];
  if (!person) return <EmptyState title={text("error.missing_title")} lead={text("error.missing_lead")} />;
  const own = [...teams.values()].filter(({ members }) => members.includes(person.id));
  const title = nameOf({ name: person.title, name_zh: person.title_zh });
  const other = [person.name, person.name_zh].find((name) => name && name !== nameOf(person));
  return (
    <>
      <PageHeader title={nameOf(person)} />
      <div className={page.body}>
        <div className={styles.head}>
          <Avatar person={person} size="large" isNamed />
          <div>
            <div className={styles.name}>
              {nameOf(person)}
              {other && <span className={styles.other}>{other}</span>}
              {!person.is_active && <Tag tone="bad">{text("people.inactive")}</Tag>}
              {person.is_guest && <Tag>{text("people.guest")}</Tag>}
            </div>
            <div className={styles.work}>
              {work && <FunctionBadge of={work} />}
              {title}
            </div>
          </div>
        </div>
        <dl className={styles.facts}>
          <Fact label={text("people.email")}>
            <a href={`mailto:${person.email}`}>{person.email}</a>
          </Fact>
          <Fact label={text("people.local_time")}>
            {text("people.time_in", { time: format.clockIn(person.time_zone), zone: person.time_zone })}
          </Fact>
          <Fact label={text("people.hours")}>
            {text("people.hours_per_day", { hours: format.number(Number(person.hours_per_day)) })}
          </Fact>
          {own.length > 0 && <Fact label={text("people.teams")}>{format.list(own.map(nameOf))}</Fact>}
        </dl>
        <Things title={text("people.accounts")} count={accounts.length}>
          {accounts.map((one) => (
            <Link key={one.id} to="/accounts/$code" params={{ code: one.code }} className={styles.thing}>
              <AccountCode code={one.code} />
              {nameOf(one)}
            </Link>
          ))}
        </Things>
        <Things title={text("people.initiatives")} count={initiatives.length}>
          {initiatives.map((one) => (
            <Link key={one.id} to="/b/$projectKey" params={{ projectKey: one.key }} className={styles.thing}>
              <span className={styles.key}>{one.key}</span>
              {nameOf(one)}
            </Link>
          ))}
        </Things>
      </div>
    </>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Things({ title, count, children }: { title: string; count: number; children: ReactNode }) {
  if (count === 0) return null;
  return (
    <section className={styles.things}>
      <h2>{title}</h2>
      <div>{children}</div>
    </section>
  );
}
