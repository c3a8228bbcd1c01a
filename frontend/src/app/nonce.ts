import { setNonce } from "get-nonce";

/** The page's nonce for style elements; browsers hide the attribute from CSS and scripts read the property. */
export function pageNonce(): string {
  const meta = document.querySelector<HTMLMetaElement>("meta[name=csp-nonce]");
  return meta?.nonce || meta?.content || "";
}

/** The scroll lock under dialogs adds a style element of its own and asks `get-nonce` for permission. */
export function shareNonce() {
  const nonce = pageNonce();
  if (nonce) setNonce(nonce);
}
