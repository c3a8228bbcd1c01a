import { get, send } from "../api/client";
import type { BoardRef, BoardViews, SavedView, ViewSettings } from "../api/types";
import { Observable } from "../observable";
import { onForget } from "./forget";

const REMEMBERED = "accord.views.";
const NOTHING: BoardViews = { views: [], default: null, folded: [], can: [] };
/** Folding is remembered a moment later: several columns are often folded one after the other. */
const REST_MS = 600;

/**
 * The saved views of one board, and how this person looks at it: where they start and what they have folded. The
 * server keeps it, so that another machine knows it; this browser remembers it, so that a board is drawn at once.
 */
export class ViewsOfBoard {
  readonly shown: Observable<BoardViews>;
  /** The server has been asked since the page was loaded. */
  readonly isKnown = new Observable(false);
  private saving: ReturnType<typeof setTimeout> | undefined;
  /** How often something was folded, and up to which time the server knows of it. */
  private folds = 0;
  private saved = 0;
  private loading: Promise<void> | null = null;

  constructor(readonly reference: BoardRef) {
    this.shown = new Observable(remembered(reference));
  }

  /** Asks the server. Without an answer what is remembered stays; an answer older than what was folded unfolds nothing. */
  load(): Promise<void> {
    const asked = this.saved === this.folds ? this.folds : null;
    this.loading ??= get<BoardViews>(this.path)
      .then((views) => {
        this.set(asked === this.folds ? views : { ...views, folded: this.shown.get().folded });
        this.isKnown.set(true);
      })
      .catch(() => {})
      .finally(() => {
        this.loading = null;
      });
    return this.loading;
  }

  /** Folds or unfolds a column or a lane, for this person, on all their machines. */
  fold(key: string, isFolded: boolean) {
    const { folded } = this.shown.get();
    if (folded.includes(key) === isFolded) return;
    this.set({
      ...this.shown.get(),
      folded: isFolded ? [...folded, key] : folded.filter((other) => other !== key),
    });
    this.folds += 1;
    const fold = this.folds;
    clearTimeout(this.saving);
    this.saving = setTimeout(() => {
      void send("PATCH", `/boards/${this.reference}/look`, { body: { folded: this.shown.get().folded } })
        .catch(() => {})
        .finally(() => {
          this.saved = fold;
        });
    }, REST_MS);
  }

  /** The view that the person starts with; null is the board as it comes. */
  async startWith(view: number | null) {
    await send("PATCH", `/boards/${this.reference}/look`, { body: { default: view } });
    this.set({ ...this.shown.get(), default: view });
  }

  async add(name: string, settings: ViewSettings, isShared: boolean): Promise<SavedView> {
    const body = { name, settings, is_shared: isShared };
    const view = await send<SavedView>("POST", this.path, { body });
    this.put(view);
    return view;
  }

  async change(id: number, what: Partial<Pick<SavedView, "name" | "settings" | "is_shared">>) {
    this.put(await send<SavedView>("PATCH", `/views/${id}`, { body: what }));
  }

  async remove(id: number) {
    await send("DELETE", `/views/${id}`);
    const { views, default: start, ...rest } = this.shown.get();
    this.set({
      ...rest,
      views: views.filter((view) => view.id !== id),
      default: start === id ? null : start,
    });
  }

  private get path() {
    return `/boards/${this.reference}/views`;
  }

  private put(view: SavedView) {
    const now = this.shown.get();
    this.set({ ...now, views: [...now.views.filter(({ id }) => id !== view.id), view] });
  }

  private set(views: BoardViews) {
    const text = JSON.stringify(views);
    if (text === JSON.stringify(this.shown.get())) return; // the same answer again is no reason to draw anything
    this.shown.set(views);
    localStorage.setItem(REMEMBERED + this.reference, text);
  }
}

function remembered(reference: BoardRef): BoardViews {
  try {
    return { ...NOTHING, ...JSON.parse(localStorage.getItem(REMEMBERED + reference) ?? "{}") };
  } catch {
    return NOTHING;
  }
}

const known = new Map<BoardRef, ViewsOfBoard>();

/** The views of a board; asked for once, and again whenever the board is opened. */
export function viewsOf(reference: BoardRef): ViewsOfBoard {
  const found = known.get(reference) ?? new ViewsOfBoard(reference);
  known.set(reference, found);
  return found;
}

onForget(async () => {
  for (const key of Object.keys(localStorage)) if (key.startsWith(REMEMBERED)) localStorage.removeItem(key);
});
