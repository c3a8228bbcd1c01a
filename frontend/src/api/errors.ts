/** The server understood and refused. `message` is a sentence in the reader's language. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly field: string | null;
  readonly detail: Record<string, unknown>;

  constructor(
    status: number,
    body: { code?: string; message?: string; field?: string | null; detail?: Record<string, unknown> },
  ) {
    super(body.message || `HTTP ${status}`);
    this.name = "ApiError";
    this.status = status;
    this.code = body.code ?? "unknown";
    this.field = body.field ?? null;
    this.detail = body.detail ?? {};
  }

  static async from(response: Response) {
    return new ApiError(response.status, await response.json().catch(() => ({})));
  }

  /** Whether the same request may succeed later without anybody changing anything. */
  get isTemporary() {
    return (
      this.status >= 500 || this.status === 429 || this.status === 408 || this.code === "command_in_progress"
    );
  }
}

/** No answer came: offline, restarted, timed out. Nobody knows whether the change was made. */
export class NetworkError extends Error {
  constructor(cause: unknown) {
    super("No answer", { cause });
    this.name = "NetworkError";
  }
}

export const isMissing = (error: unknown) => error instanceof ApiError && error.status === 404;
