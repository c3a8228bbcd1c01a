import { lazy, Suspense } from "react";
import styles from "./markdown.module.css";

const View = lazy(() => import("./markdown-view").then(({ MarkdownView }) => ({ default: MarkdownView })));

/** What somebody wrote in Markdown, as elements; never as HTML. Until the reader of Markdown has come, as it was typed. */
export function Markdown({ text }: { text: string }) {
  return (
    <div className={styles.text}>
      <Suspense fallback={<p className={styles.plain}>{text}</p>}>
        <View text={text} />
      </Suspense>
    </div>
  );
}
