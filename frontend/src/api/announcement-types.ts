/** What everybody on an account or an initiative should know; `read` and `unread` are those who take part. */
export type Announcement = {
  id: number;
  title: string;
  body: string;
  asks: boolean;
  author: number;
  created_at: string;
  read: number[];
  unread: number[];
  /** One hasn't confirmed it oneself. */
  is_asked: boolean;
  can: "remove"[];
};
