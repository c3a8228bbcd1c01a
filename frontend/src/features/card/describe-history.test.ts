import { expect, test } from "vitest";
import type { HistoryEvent, ProjectBody } from "../../api/events";
import type { Language, TaskRow } from "../../api/types";
import { loadCatalogue, loadMore, makeText, type Text } from "../../i18n/catalogue";
import { describeHistory, type Names } from "./describe-history";

const card = {
  id: 9,
  number: 6,
  title: "Patch",
  status: 1,
  rank: "a0",
  version: 1,
  function: 1,
  owner: 5,
  assignees: [],
  labels: [],
  priority: "",
  start: null,
  due: null,
  estimate: null,
  parent: null,
  blocked_by: [],
  checklist_total: 0,
  checklist_done: 0,
  comments: 0,
  files: 0,
  entered_at: "2026-11-24T02:00:00Z",
  waits: null,
} satisfies TaskRow;

let seq = 0;
const event = (body: ProjectBody, actor: number | null = 7, tx?: string): HistoryEvent => {
  seq += 1;
  return {
    seq,
    tx: tx ?? `t${seq}`,
    span: 1,
    command_id: null,
    actor,
    at: "2026-11-24T02:46:10Z",
    stream: "project:1",
    body,
  };
};
const changed = (change: object) => event({ type: "task.changed", id: 9, version: 2, ...change });
const item = (id: number, text: string, done = false, position = "a0") => ({ id, text, done, position });
const onList = (one: ReturnType<typeof item>, total: number, done = 0) =>
  event({ type: "checklist.changed", task: 9, version: 3, item: one, total, done });

const asked = { task: 9, id: 2, to_function: 3, asked_by: 7, asked_at: "2026-11-22T02:46:10Z" };

/** A story in which everything happens that can happen to a card. */
const story: HistoryEvent[] = [
  event({ type: "task.created", id: 9, task: card }),
  event({ type: "task.moved", id: 9, version: 2, status: 2, rank: "a1", entered_at: "2026-11-24T03:00:00Z" }),
  event({ type: "task.moved", id: 9, version: 3, status: 2, rank: "a2" }),
  changed({ title: "Big patch" }),
  changed({ description: "why" }),
  changed({ description: "" }),
  changed({ function: 2 }),
  changed({ function: null }),
  changed({ function: 1 }),
  changed({ owner: 6 }),
  changed({ owner: 7 }),
  changed({ owner: null }),
  changed({ owner: 5 }),
  changed({ assignees: [5, 6] }),
  changed({ assignees: [] }),
  changed({ labels: [3] }),
  changed({ labels: [] }),
  changed({ priority: "urgent" }),
  changed({ priority: "" }),
  changed({ start: "2026-11-20" }),
  changed({ start: "2026-11-21" }),
  changed({ start: null }),
  changed({ due: "2026-11-30" }),
  changed({ due: "2026-12-01" }),
  changed({ due: null }),
  changed({ estimate: "4.0" }),
  changed({ estimate: "8.0" }),
  changed({ estimate: null }),
  changed({ parent: 11 }),
  changed({ parent: null }),
  changed({ blocked_by: [11] }),
  changed({ blocked_by: [] }),
  onList(item(1, "Index"), 1),
  onList(item(1, "Index", true), 1, 1),
  onList(item(1, "Index"), 1),
  onList(item(1, "Covering index"), 1),
  onList(item(1, "Covering index", false, "b0"), 1),
  event({ type: "checklist.removed", task: 9, version: 4, item: 1, total: 0, done: 0 }),
  onList(item(2, "Cabling"), 1),
  event({ type: "checklist.removed", task: 9, version: 6, item: 2, total: 0, done: 0, card: 12 }),
  event({ type: "checklist.removed", task: 9, version: 7, item: 3, total: 0, done: 0, card: 13 }),
  event({
    type: "comment.added",
    id: 1,
    task: 9,
    author: 7,
    body: "Hi",
    mentions: [],
    created_at: "",
    comments: 1,
  }),
  event({ type: "comment.changed", id: 1, task: 9, body: "Hello", mentions: [], edited_at: "" }),
  event({ type: "reaction.added", task: 9, comment: 1, person: 7, sign: "like" }),
  event({ type: "reaction.removed", task: 9, comment: 1, person: 7, sign: "like" }),
  event({ type: "relation.added", task: 9, other: 11 }),
  event({ type: "relation.removed", task: 9, other: 11 }),
  event({ type: "relation.added", task: 9, other: null }),
  event({ type: "relation.removed", task: 9, other: null }),
  event({ type: "comment.removed", id: 1, task: 9, comments: 0 }),
  event({ type: "watcher.added", task: 9, person: 7 }),
  event({ type: "watcher.removed", task: 9, person: 7 }),
  event({ type: "watcher.added", task: 9, person: 5 }),
  event({ type: "watcher.removed", task: 9, person: 5 }),
  event({ type: "handover.asked", ...asked, from_function: 2, note: "", answer_by: null }),
  event({ type: "handover.asked", ...asked, from_function: 2, note: "With care", answer_by: null }),
  event({ type: "handover.accepted", ...asked }),
  event({ type: "handover.returned", ...asked, reason: "Not ours" }),
  event({ type: "handover.withdrawn", ...asked }),
  event({ type: "file.added", id: 4, task: 9, name: "log.txt", size: 3, media_type: "text/plain", files: 1 }),
  event({ type: "file.removed", id: 4, task: 9, files: 0 }),
  event({ type: "task.archived", id: 9, version: 5 }),
  event({ type: "task.restored", id: 9, task: card }),
  event({ type: "task.left", id: 9 }),
  event({ type: "task.arrived", id: 9, task: card, from_key: "HY-12" }),
  event({ type: "task.deleted", id: 9 }),
];

/** Whether an event is a part of a card's story. One that is missing here doesn't compile. */
const IS_TOLD: Record<ProjectBody["type"], boolean> = {
  "task.created": true,
  "task.changed": true,
  "task.moved": true,
  "task.archived": true,
  "task.restored": true,
  "task.deleted": true,
  "task.left": true,
  "task.arrived": true,
  "column.reranked": false,
  "checklist.changed": true,
  "checklist.removed": true,
  "comment.added": true,
  "comment.changed": true,
  "comment.removed": true,
  "reaction.added": true,
  "reaction.removed": true,
  "relation.added": true,
  "relation.removed": true,
  "watcher.added": true,
  "watcher.removed": true,
  "handover.asked": true,
  "handover.accepted": true,
  "handover.returned": true,
  "handover.withdrawn": true,
  "file.added": true,
  "file.removed": true,
  "announcement.published": false,
  "announcement.read": false,
  "announcement.removed": false,
  "project.created": false,
  "project.changed": false,
  "project.deleted": false,
  "access.changed": false,
};

const names: Names = {
  person: (id) => `P${id}`,
  sign: (sign) => sign,
  people: (ids) => ids.map((id) => `P${id}`).join("+"),
  status: (id) => ["", "Ready", "Doing"][id] ?? "",
  function: (id) => `F${id}`,
  labels: (ids) => ids.map((id) => `L${id}`).join("+"),
  card: (id) => `JL-${id}`,
  cards: (ids) => ids.map((id) => `JL-${id}`).join("+"),
  priority: (priority) => priority,
  day: (day) => day,
  hours: (hours) => `${Number(hours)} h`,
  lasting: () => "2 days",
};

async function wordsOf(language: Language): Promise<Text> {
  return makeText(language, { ...(await loadCatalogue[language]()), ...(await loadMore[language]()) });
}
const told = (events: HistoryEvent[], text: Text) =>
  describeHistory(events.toReversed(), names)
    .reverse()
    .map((line) => text(line.key, { ...line.values, name: names.person(line.actor) }));

test.each<Language>(["en", "zh-Hans"])(
  "everything that can happen to a card is a whole sentence in %s",
  async (language) => {
    const sentences = told(story, await wordsOf(language));
    expect(sentences).toHaveLength(story.length);
    for (const sentence of sentences) expect(sentence).not.toMatch(/[{}]|history\.|undefined/);
    expect(sentences).toMatchSnapshot();
  },
);

test("the story tells of every type of event that belongs to a card", () => {
  const types = Object.entries(IS_TOLD).flatMap(([type, isTold]) => (isTold ? [type] : []));
  expect([...new Set(story.map(({ body }) => body.type))].sort()).toEqual(types.sort());
});

test("a value before is told from the events before it, and left out where they aren't here", async () => {
  const text = await wordsOf("en");
  expect(told(story.slice(0, 2), text)[1]).toBe("P7 moved it from Ready to Doing");
  expect(told(story.slice(1, 2), text)[0]).toBe("P7 moved it to Doing");
  expect(told([changed({ title: "New" })], text)[0]).toBe("P7 renamed it to “New”");
  expect(told([changed({ assignees: [] })], text)[0]).toBe("P7 took all helpers off");
});

test("a change of several facts is as many sentences", async () => {
  const text = await wordsOf("en");
  expect(told([story[0] as HistoryEvent, changed({ owner: 6, priority: "high" })], text).slice(1)).toEqual([
    "P7 made P6 the owner instead of P5",
    "P7 set the priority to high",
  ]);
});

test("that who comments watches from then on is not told again", async () => {
  const text = await wordsOf("en");
  const said = [
    event(
      {
        type: "comment.added",
        id: 2,
        task: 9,
        author: 7,
        body: "",
        mentions: [],
        created_at: "",
        comments: 1,
      },
      7,
      "same",
    ),
    event({ type: "watcher.added", task: 9, person: 7 }, 7, "same"),
  ];
  expect(told(said, text)).toEqual(["P7 commented"]);
});

test("tells once what a hand-over changes", async () => {
  const events = [
    event({ type: "handover.accepted", ...asked }, 8, "same"),
    event({ type: "task.changed", id: 9, version: 3, waits: null, function: 3, owner: 8 }, 8, "same"),
  ];
  expect(told(events, await wordsOf("en"))).toEqual(["P8 took it up for F3 (2 days after it was asked for)"]);
});
