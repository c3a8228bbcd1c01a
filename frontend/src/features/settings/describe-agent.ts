const BROWSERS: [RegExp, string][] = [
  [/MicroMessenger/, "WeChat"],
  [/Lark|Feishu/, "Feishu"],
  [/Edg\//, "Edge"],
  [/OPR\//, "Opera"],
  [/Firefox\//, "Firefox"],
  [/Chrome\//, "Chrome"],
  [/Safari\//, "Safari"],
];
const SYSTEMS: [RegExp, string][] = [
  [/HarmonyOS/, "HarmonyOS"],
  [/iPhone|iPad/, "iOS"],
  [/Android/, "Android"],
  [/Windows/, "Windows"],
  [/Mac OS X/, "macOS"],
  [/Linux/, "Linux"],
];

/** A user agent in words people know: "Chrome, Windows". "" for a program nobody has heard of. */
export function describeAgent(agent: string): { name: string; isPhone: boolean } {
  const known = (list: [RegExp, string][]) => list.find(([pattern]) => pattern.test(agent))?.[1];
  const name = [known(BROWSERS), known(SYSTEMS)].filter(Boolean).join(", ");
  return { name, isPhone: /Mobile|iPhone|Android/.test(agent) };
}
