/** What a condition can be about. */
export const FIELDS = [
  "is",
  "owner",
  "people",
  "function",
  "due",
  "label",
  "priority",
  "status",
  "account",
  "initiative",
] as const;
export type Field = (typeof FIELDS)[number];

/** Every word for a field, in both languages: what somebody writes or sends is understood whatever is on. */
export const FIELD_WORDS: ReadonlyMap<string, Field> = new Map(
  Object.entries({
    is: ["is", "是"],
    owner: ["owner", "负责人"],
    people: ["people", "with", "人员", "参与"],
    function: ["function", "职能"],
    due: ["due", "截止"],
    label: ["label", "标签"],
    priority: ["priority", "优先级"],
    status: ["status", "状态"],
    account: ["account", "客户"],
    initiative: ["initiative", "举措"],
  } satisfies Record<Field, string[]>).flatMap(([field, words]) =>
    words.map((word) => [word, field as Field] as const),
  ),
);

const words = (table: Record<string, string[]>) =>
  new Map(Object.entries(table).flatMap(([word, all]) => [word, ...all].map((one) => [one, word] as const)));

const NONE = { none: ["无", "没有"] };
const PERSON = words({ me: ["我", "我的"], ...NONE });

/** Words that mean the same for everybody, beside the names of things. */
export const VALUE_WORDS: Partial<Record<Field, ReadonlyMap<string, string>>> = {
  is: words({
    mine: ["我的"],
    overdue: ["逾期", "已逾期"],
    blocked: ["阻塞", "被阻塞"],
    changed: ["今天有变化", "有变化"],
    open: ["未完成"],
    closed: ["已结束"],
    ageing: ["久未推进"],
    waiting: ["等待接手"],
  }),
  owner: PERSON,
  people: PERSON,
  function: words(NONE),
  label: words(NONE),
  account: words(NONE),
  due: words({
    today: ["今天"],
    tomorrow: ["明天"],
    week: ["本周"],
    next_week: ["下周"],
    overdue: ["逾期"],
    ...NONE,
  }),
  priority: words({ urgent: ["紧急"], high: ["高"], medium: ["中"], low: ["低"], ...NONE }),
  status: words({
    backlog: ["待规划"],
    ready: ["就绪"],
    active: ["进行中"],
    waiting: ["等待"],
    review: ["评审"],
    done: ["完成"],
    cancelled: ["已取消"],
  }),
};
