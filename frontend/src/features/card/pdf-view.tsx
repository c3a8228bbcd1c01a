import type { PDFDocumentProxy } from "pdfjs-dist";
import { useEffect, useRef, useState } from "react";
import { useText } from "../../i18n/language";
import { RefusalLine } from "../../ui/refusal-line";
import { Spinner } from "../../ui/spinner";
import styles from "./file-preview.module.css";
import { openPdf } from "./pdf-document";

/** Pages that are shown; whoever needs more saves the file. */
const MOST_PAGES = 100;

/** A PDF, drawn page by page as one comes to see them. */
export function PdfView({ url }: { url: string }) {
  const text = useText();
  const [pdf, setPdf] = useState<PDFDocumentProxy | null>(null);
  const [hasFailed, setFailed] = useState(false);
  useEffect(() => {
    let isHere = true;
    let opened: PDFDocumentProxy | null = null;
    openPdf(url).then(
      (found) => {
        opened = found;
        if (isHere) setPdf(found);
        else void found.loadingTask.destroy();
      },
      () => isHere && setFailed(true),
    );
    return () => {
      isHere = false;
      void opened?.loadingTask.destroy();
    };
  }, [url]);
  if (hasFailed) return <RefusalLine reason={text("card.no_preview")} />;
  if (!pdf) return <Spinner label={text("card.loading")} />;
  const count = Math.min(pdf.numPages, MOST_PAGES);
  return (
    <div className={styles.pages}>
      {Array.from({ length: count }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a page is its number
        <Page key={index} pdf={pdf} number={index + 1} />
      ))}
      {pdf.numPages > count && <p>{text("card.more_pages", { count: pdf.numPages - count })}</p>}
    </div>
  );
}

function Page({ pdf, number }: { pdf: PDFDocumentProxy; number: number }) {
  const text = useText();
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const element = canvas.current;
    if (!element) return;
    let stop = () => {};
    const watcher = new IntersectionObserver(
      ([entry]) => {
        if (!entry?.isIntersecting) return;
        watcher.disconnect();
        draw(pdf, number, element).then(
          (undo) => {
            stop = undo;
          },
          () => {},
        );
      },
      { rootMargin: "600px" },
    );
    watcher.observe(element);
    return () => {
      watcher.disconnect();
      stop();
    };
  }, [pdf, number]);
  return (
    <canvas
      ref={canvas}
      className={styles.page}
      role="img"
      aria-label={text("card.page", { page: number, total: pdf.numPages })}
    />
  );
}

/** Draws a page as sharp as the screen is; gives back how to stop. */
async function draw(pdf: PDFDocumentProxy, number: number, canvas: HTMLCanvasElement) {
  const page = await pdf.getPage(number);
  const width = (canvas.parentElement?.clientWidth ?? 800) * Math.min(devicePixelRatio, 2);
  const viewport = page.getViewport({ scale: width / page.getViewport({ scale: 1 }).width });
  canvas.width = Math.floor(viewport.width);
  canvas.height = Math.min(Math.floor(viewport.height), 8000);
  const task = page.render({ canvas, viewport });
  await task.promise;
  return () => task.cancel();
}
