import { MantineProvider } from "@mantine/core";
import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, test, vi } from "vitest";
import { loadMoreWords, setLanguage } from "../../i18n/language";
import { JoinForm } from "./join-form";

const answer = vi.fn<typeof fetch>();

beforeEach(async () => {
  await loadMoreWords();
  await setLanguage("zh-Hans");
  vi.stubGlobal("fetch", answer);
  answer.mockReset();
  render(
    <MantineProvider env="test">
      <JoinForm path="/invitations/abc" submit="加入">
        {() => null}
      </JoinForm>
    </MantineProvider>,
  );
});
const refuse = (status: number, body: object) =>
  answer.mockResolvedValueOnce(new Response(JSON.stringify(body), { status }));

async function join() {
  const user = userEvent.setup();
  await user.type(screen.getByRole("textbox", { name: /英文名/ }), "Lin Ruoxi");
  await user.type(screen.getByLabelText(/密码/, { selector: "input" }), "1234567890");
  await user.click(screen.getByRole("button", { name: "加入" }));
}

test("a weak password is refused beside its field, in the server's words", async () => {
  refuse(422, { code: "weak_password", message: "这个密码太常见了。", field: "password" });
  await join();
  const field = screen.getByLabelText(/密码/, { selector: "input" });
  const reason = await screen.findByText("这个密码太常见了。");
  expect(field.getAttribute("aria-describedby")).toContain(reason.id);
  expect(JSON.parse(String(answer.mock.calls[0]?.[1]?.body))).toMatchObject({
    name: "Lin Ruoxi",
    language: "zh-Hans",
  });
});

test("a refusal that belongs to no field is told for the whole form, and what was typed stays", async () => {
  refuse(404, { code: "not_found", message: "邀请已失效。", field: null });
  await join();
  expect((await screen.findByRole("alert")).textContent).toBe("邀请已失效。");
  expect(screen.getByRole<HTMLInputElement>("textbox", { name: /英文名/ }).value).toBe("Lin Ruoxi");
});

test("no answer is said too, and it can be tried again", async () => {
  answer.mockRejectedValueOnce(new TypeError("offline"));
  await join();
  expect((await screen.findByRole("alert")).textContent).toMatch("服务器没有响应");
});
