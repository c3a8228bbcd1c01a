/** The colours of labels and statuses; each has a light and a dark side. */
export const COLOURS = ["grey", "blue", "teal", "green", "amber", "red", "violet"] as const;
export const CATEGORIES = ["backlog", "ready", "active", "waiting", "review", "done", "cancelled"] as const;
