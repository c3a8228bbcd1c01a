import { expect, test } from "vitest";
import type { ProjectBody } from "../api/events";
import { makeText } from "../i18n/catalogue";
import { en } from "../i18n/en";
import { enMore } from "../i18n/en-more";
import { aCard, READY } from "../live/board-samples";
import { describeCommand } from "./describe-command";

const text = makeText("en", { ...en, ...enMore });
const words = { text, list: (all: string[]) => all.join(" and "), statusName: () => "Doing" };
const about = { key: "JL-118", title: "Export patch" };

function said(body: ProjectBody, card: typeof about | null = about) {
  const command = {
    commandId: "c",
    stream: "project:7",
    method: "PATCH",
    path: "/tasks/{task}",
    task: 1,
    body: {},
    pending: { commandId: "c", body },
    at: 0,
    about: card ?? undefined,
  } as const;
  return describeCommand(command, words);
}

test("a change that could not be made is told with its card and with what it was", () => {
  expect(said({ type: "task.changed", id: 1, version: 1, owner: 3, due: null })).toEqual({
    title: "JL-118 not changed",
    what: "“Export patch”: change of Owner and Due",
  });
  expect(said({ type: "task.moved", id: 1, version: 1, status: 2, rank: "a" })).toEqual({
    title: "JL-118 went back",
    what: "“Export patch”: move to Doing",
  });
});

test("one that was made before its card had a name says at least what it was", () => {
  const task = aCard(-1, READY, "a0", { title: "Call the bank" });
  expect(said({ type: "task.created", id: -1, task }, null)).toEqual({
    title: "Card not added",
    what: "New card “Call the bank”",
  });
  expect(said({ type: "task.archived", id: 1, version: 1 }, null)).toEqual({
    title: "Not saved",
    what: "archive",
  });
});
