import { act, render, screen } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { beforeEach, expect, test, vi } from "vitest";
import { setLanguage } from "../i18n/language";
import { waitingVersion } from "./service-worker";
import { UpdateOffer } from "./update-offer";

const postMessage = vi.fn();

beforeEach(async () => {
  await setLanguage("en");
  Object.defineProperty(navigator, "serviceWorker", { value: new EventTarget(), configurable: true });
  waitingVersion.set(null);
  render(<UpdateOffer />);
  expect(screen.queryByRole("status")).toBeNull();
  act(() => waitingVersion.set({ postMessage } as unknown as ServiceWorker));
});

test("a new version is taken when somebody says so", async () => {
  await userEvent.click(screen.getByRole("button", { name: "Load it" }));
  expect(postMessage).toHaveBeenCalledWith("take over");
});

test("and nobody is asked again who wants to go on", async () => {
  await userEvent.click(screen.getByRole("button", { name: "Later" }));
  expect(screen.queryByRole("status")).toBeNull();
  expect(postMessage).not.toHaveBeenCalled();
});
