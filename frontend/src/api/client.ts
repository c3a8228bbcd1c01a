import { forgetEarly, takeEarly } from "./early";
import { ApiError, NetworkError } from "./errors";
import { commandIdFor, noteAnswer } from "./unanswered";

const ROOT = "/api/v1";

export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
export type RequestOptions = {
  body?: unknown;
  /** One intention of one person. Sending again with the same id changes nothing twice. */
  commandId?: string;
  /** `"v12"`, for text that two people may be writing. */
  ifMatch?: string;
  signal?: AbortSignal;
};
/** Where a change stands in each stream that it wrote to: `{"project:42": {epoch: "k3", seq: 1241}}`. */
export type StreamPosition = Record<string, { epoch: string; seq: number }>;
export type Answer<T> = { data: T; position: StreamPosition };

let language = "en";
let onSignedOut: () => void = () => {};

/** Answers come in the language that the reader chose. */
export function speak(chosen: string) {
  language = chosen;
}

/** Called whenever the server says that nobody is signed in any more. */
export function whenSignedOut(callback: () => void) {
  onSignedOut = callback;
}

/** Reads something. Throws `ApiError` when refused and `NetworkError` when there was no answer. */
export async function get<T>(path: string, options: Pick<RequestOptions, "signal"> = {}): Promise<T> {
  return (await call<T>("GET", path, options)).data;
}

/** Changes something; gives back what it is now. */
export async function send<T>(method: Exclude<Method, "GET">, path: string, options: RequestOptions = {}) {
  return (await call<T>(method, path, options)).data;
}

/** As `send`, with the place of the change in its streams. */
export async function call<T>(
  method: Method,
  path: string,
  options: RequestOptions = {},
): Promise<Answer<T>> {
  const response = await reach(method, path, options);
  if (!response.ok) {
    const error = await ApiError.from(response);
    if (error.status === 401 && path !== "/session") onSignedOut();
    throw error;
  }
  const data = response.status === 204 ? (undefined as T) : ((await response.json()) as T);
  return { data, position: readPosition(response.headers.get("Stream-Position")) };
}

async function reach(method: Method, path: string, { body, commandId, ifMatch, signal }: RequestOptions) {
  const headers: Record<string, string> = { Accept: "application/json", "Accept-Language": language };
  const isForm = body instanceof FormData;
  const early = method === "GET" ? takeEarly(path) : undefined;
  const key = commandId ?? commandIdFor(method, path, body);
  if (method !== "GET") {
    forgetEarly();
    headers["X-CSRFToken"] = cookie("csrftoken");
    headers["Idempotency-Key"] = key;
    if (body !== undefined && !isForm) headers["Content-Type"] = "application/json";
    if (ifMatch) headers["If-Match"] = ifMatch;
  }
  const payload = isForm ? body : body === undefined ? undefined : JSON.stringify(body);
  const note = (isSure: boolean) => method !== "GET" && noteAnswer(method, path, body, key, isSure);
  try {
    const request = { method, headers, credentials: "same-origin", body: payload, signal } as const;
    const response = await (early ?? fetch(ROOT + path, request));
    note(response.status < 500); // a proxy says 502 or 504 for what may have been done behind it
    return response;
  } catch (cause) {
    note(false);
    if (signal?.aborted) throw cause;
    throw new NetworkError(cause);
  }
}

/** Changes whenever somebody signs in with this browser, in whatever tab. */
export const csrfToken = () => cookie("csrftoken");

function cookie(name: string) {
  const found = document.cookie.split("; ").find((pair) => pair.startsWith(`${name}=`));
  return found ? decodeURIComponent(found.slice(name.length + 1)) : "";
}

/** `project:42=k3.1241, account:7=k1.88` */
export function readPosition(header: string | null): StreamPosition {
  const position: StreamPosition = {};
  for (const part of header?.split(",") ?? []) {
    const [, stream, epoch, seq] = /^\s*(.+?)=(.+)\.(\d+)\s*$/.exec(part) ?? [];
    if (stream && epoch && seq) position[stream] = { epoch, seq: Number(seq) };
  }
  return position;
}
