import { use } from "react";
import ReactMarkdown, { type Components } from "react-markdown";
import remarkGfm from "remark-gfm";
import styles from "./markdown.module.css";
import { MentionContext } from "./mentions";

const MENTION = /^\/(people\/\d+|accounts\/[\w-]+|b\/[\w-]+\/[\w-]+)$/;
const OWN_PICTURE = /^\/api\/v1\/files\/\d+$/;

const components: Components = {
  a: Anchor,
  // A picture from elsewhere would tell its server who reads this.
  img: ({ src, alt }) =>
    OWN_PICTURE.test(String(src)) ? (
      <a href={String(src)} target="_blank" rel="noopener noreferrer">
        <img src={String(src)} alt={alt ?? ""} loading="lazy" />
      </a>
    ) : (
      <a href={String(src)} target="_blank" rel="noopener noreferrer">
        {alt || String(src)}
      </a>
    ),
  // A line that ends is a break, marked or not: what people type is what they see. The style sheet keeps the line ends.
  br: () => null,
  table: ({ children }) => (
    <div className={styles.scroll}>
      <table>{children}</table>
    </div>
  ),
};

function Anchor({ href = "", children }: React.ComponentProps<"a">) {
  const Mention = use(MentionContext);
  if (MENTION.test(href))
    return Mention ? (
      <Mention href={href}>{children}</Mention>
    ) : (
      <span className={styles.mention}>{children}</span>
    );
  return (
    <a href={href} target="_blank" rel="noopener noreferrer">
      {children}
    </a>
  );
}

export function MarkdownView({ text }: { text: string }) {
  return (
    <ReactMarkdown remarkPlugins={[remarkGfm]} components={components} skipHtml>
      {text}
    </ReactMarkdown>
  );
}
