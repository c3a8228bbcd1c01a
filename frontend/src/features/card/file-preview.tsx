import { Modal } from "@mantine/core";
import { lazy, Suspense } from "react";
import type { TaskFile } from "../../api/types";
import { useText } from "../../i18n/language";
import { Spinner } from "../../ui/spinner";
import styles from "./file-preview.module.css";

const PdfView = lazy(() => import("./pdf-view").then(({ PdfView: View }) => ({ default: View })));

export const hasPreview = (file: TaskFile) => file.is_image || file.type === "application/pdf";

/** A picture or a PDF over the card. Everything else is only saved. */
export function FilePreview({ file, onClose }: { file: TaskFile; onClose: () => void }) {
  const text = useText();
  return (
    <Modal
      opened
      onClose={onClose}
      title={file.name}
      size={960}
      closeButtonProps={{ "aria-label": text("action.close") }}
      classNames={{ title: styles.title }}
    >
      <p className={styles.save}>
        <a href={file.url} download={file.name}>
          {text("card.save_file")}
        </a>
      </p>
      {file.is_image ? (
        <img className={styles.picture} src={file.url} alt={file.name} />
      ) : (
        <Suspense fallback={<Spinner label={text("card.loading")} />}>
          <PdfView url={file.url} />
        </Suspense>
      )}
    </Modal>
  );
}
