import { useSyncExternalStore } from "react";
import type { ThemeChoice } from "../api/types";
import { Observable } from "../observable";

const REMEMBERED = "accord.theme";
const prefersDark = matchMedia("(prefers-color-scheme: dark)");

const theme = new Observable<"light" | "dark">(prefersDark.matches ? "dark" : "light");
let choice: ThemeChoice = "system";
prefersDark.addEventListener("change", () => chooseTheme(choice));

/** The choice of this browser's last reader, so that the first paint is already right. */
export function applyRememberedTheme() {
  chooseTheme((localStorage.getItem(REMEMBERED) as ThemeChoice | null) ?? "system");
}

export function chooseTheme(chosen: ThemeChoice) {
  choice = chosen;
  localStorage.setItem(REMEMBERED, chosen);
  const resolved = chosen === "system" ? (prefersDark.matches ? "dark" : "light") : chosen;
  document.documentElement.dataset.theme = resolved;
  theme.set(resolved);
}

export const useTheme = () => useSyncExternalStore(theme.subscribe, theme.get);
