const OVER = "[role=dialog]:not([data-sheet]), [role=menu], [role=listbox]";
/** What Mantine lets fade away has its last look in its style from the beginning. */
const FADING = '[style*="opacity: 0;"]';

/** Whether a dialog, a menu or a list is open over the page, or over the sheet on it. One that fades away is closed. */
export const isSomethingOver = () => [...document.querySelectorAll(OVER)].some(isOpen);

/** The lists of closed fields stay in the page, out of sight. */
const isOpen = (element: Element) => !element.closest(FADING) && (element.checkVisibility?.() ?? true);
