import type { ReactNode } from "react";

/** Somebody or something that a text can name. `href` says what it is, `label` is what stands in the text. */
export type Mentionable = { href: string; label: string; name: string; hint?: string; icon?: ReactNode };

/** What a page knows that an editor doesn't: whom one may mention, and where pictures go. */
export type Writing = {
  offer?: (query: string) => Mentionable[] | Promise<Mentionable[]>;
  /** Keeps a file; gives back where it is. Throws when it was refused. */
  upload?: (file: File) => Promise<{ url: string; name: string; is_image: boolean }>;
};
