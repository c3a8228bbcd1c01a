import type { ComponentType, ReactNode } from "react";
import type { IconProps } from "../../ui/actions";

/** One line of the palette. */
export type Row = {
  /** Unique among all rows that are shown. */
  id: string;
  name: ReactNode;
  icon?: ComponentType<IconProps> | undefined;
  /** Stands in for the icon: a face, a status. */
  mark?: ReactNode;
  /** The key of a card or an initiative, before its name. */
  key?: string | undefined;
  /** A second line: where in its text it was found. */
  detail?: ReactNode;
  /** What it is about, where it is, or why it can't be done. */
  hint?: ReactNode;
  keys?: string | undefined;
  /** Opens a further list. */
  isOpening?: boolean;
  isChosen?: boolean | undefined;
  isDisabled?: boolean | undefined;
  run: () => void;
  /** The palette stays, as for choosing several. */
  isStaying?: boolean;
};
export type Section = { id: string; title: string; rows: Row[] };
