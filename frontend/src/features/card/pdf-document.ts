import { GlobalWorkerOptions, getDocument, type PDFDocumentProxy } from "pdfjs-dist";
import workerUrl from "pdfjs-dist/build/pdf.worker.min.mjs?url";

GlobalWorkerOptions.workerSrc = workerUrl;

/** What Chinese, Japanese and Korean files need to find their letters; each is fetched when a file asks for it. */
const CMAPS = import.meta.glob<string>("/node_modules/pdfjs-dist/cmaps/*.bcmap", {
  query: "?url&no-inline",
  import: "default",
  eager: true,
});
const FONTS = import.meta.glob<string>("/node_modules/pdfjs-dist/standard_fonts/*.{pfb,ttf}", {
  query: "?url&no-inline",
  import: "default",
  eager: true,
});
const PLACES: Record<string, [string, Record<string, string>]> = {
  cMapUrl: ["/node_modules/pdfjs-dist/cmaps/", CMAPS],
  standardFontDataUrl: ["/node_modules/pdfjs-dist/standard_fonts/", FONTS],
};

class Library {
  async fetch({ kind, filename }: { kind: string; filename: string }): Promise<Uint8Array> {
    const [folder, files] = PLACES[kind] ?? ["", {}];
    const address = files[folder + filename];
    if (!address) throw new Error(`No ${filename}`);
    return new Uint8Array(await (await fetch(address)).arrayBuffer());
  }
}

/** Opens a PDF to be drawn: no script of it runs, nothing of it is fetched from elsewhere, and it fills in no forms. */
export async function openPdf(url: string): Promise<PDFDocumentProxy> {
  const answer = await fetch(url, { credentials: "same-origin" });
  if (!answer.ok) throw new Error(String(answer.status));
  return getDocument({
    data: await answer.arrayBuffer(),
    BinaryDataFactory: Library,
    cMapUrl: "/",
    standardFontDataUrl: "/",
    cMapPacked: true,
    useWorkerFetch: false,
    useWasm: false,
    enableXfa: false,
    isImageDecoderSupported: false,
    stopAtErrors: false,
    maxImageSize: 40_000_000,
    canvasMaxAreaInBytes: 128_000_000,
  }).promise;
}
