import { expect, test } from "vitest";
import { rememberPreferences, requestLocale, requestTheme } from "./preferences.server.ts";

const asking = (headers: Record<string, string>) => new Request("http://ancre.test", { headers });

test("the heaviest language that Ancre speaks wins, whatever its region", async () => {
  const wanting = (header: string) => requestLocale(asking({ "Accept-Language": header }));
  expect(await wanting("de, en;q=0.7, fr-CA;q=0.8")).toBe("fr");
  expect(await wanting("de")).toBe("en");
  expect(await wanting("")).toBe("en");
});

test("what was chosen goes before the browser's language and the system's theme", async () => {
  const form = new FormData();
  form.set("locale", "fr");
  form.set("theme", "dark");
  const remembered = await rememberPreferences(form, true);
  const cookies = remembered?.getSetCookie() ?? [];
  expect(cookies.every((cookie) => cookie.includes("Secure") && cookie.includes("HttpOnly"))).toBe(true);
  const Cookie = cookies.map((cookie) => cookie.split(";")[0]).join("; ");
  expect(await requestLocale(asking({ Cookie, "Accept-Language": "en" }))).toBe("fr");
  expect(await requestTheme(asking({ Cookie }))).toBe("dark");
});

test("a cookie or a form of someone else's making changes nothing", async () => {
  expect(await requestTheme(asking({ Cookie: "ancre_theme=purple" }))).toBe("system");
  const form = new FormData();
  form.set("locale", "xx");
  expect(await rememberPreferences(form, true)).toBeNull();
});
