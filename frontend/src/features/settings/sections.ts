import type { Me } from "../../api/types";

const OWN = ["profile", "notifications", "hooks", "connection"] as const;
const SHARED = ["people", "functions", "teams", "workflows", "labels", "work"] as const;
export type Section = (typeof OWN)[number] | (typeof SHARED)[number];

/** The sections of the settings that somebody may open: one's own, and for administrators those that everybody shares. */
export const sectionsFor = ({ can }: Pick<Me, "can">): readonly Section[] =>
  can.includes("administer") ? [...OWN, ...SHARED] : OWN;
