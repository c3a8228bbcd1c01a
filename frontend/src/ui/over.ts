const OVER = "[role=dialog]:not([data-sheet]), [role=menu], [role=listbox]";

/** Whether a dialog, a menu or a list is open over the page, or over the sheet on it. */
export const isSomethingOver = () => [...document.querySelectorAll(OVER)].some(isSeen);

/** The lists of closed fields stay in the page, out of sight. */
const isSeen = (element: Element) => element.checkVisibility?.() ?? true;
