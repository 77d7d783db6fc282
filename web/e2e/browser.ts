import { existsSync } from "node:fs";
import chromium from "@sparticuz/chromium";
import { type Browser, type BrowserContextOptions, chromium as engine, type Page } from "playwright-core";
import { afterAll, expect, inject } from "vitest";

const INSTALLED = ["/usr/bin/chromium", "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"];

/** Room for a machine that does other things at the same time. Milliseconds. */
const PATIENCE_MS = 45_000;

let running: Promise<Browser> | null = null;
afterAll(async () => (await running)?.close());

/** A Chromium that is installed, else the one that comes with the npm package for Linux. */
async function launch(): Promise<Browser> {
  const installed = [process.env.ANCRE_CHROMIUM ?? "", ...INSTALLED].find((path) => existsSync(path));
  return engine.launch({
    executablePath: installed ?? (await chromium.executablePath()),
    args: ["--no-sandbox", "--disable-dev-shm-usage"],
  });
}

export type Visit = {
  page: Page;
  /** Every address that the page asked for. */
  requests: string[];
  /** Fails if the page complained, broke its security policy or asked for anything from elsewhere, but for what was expected; then leaves. */
  end(expected?: RegExp): Promise<void>;
};

/** Opens the dashboard in a window of its own, watched for whatever goes wrong in it. */
export async function visit(path: string, options: BrowserContextOptions = {}): Promise<Visit> {
  running ??= launch();
  const browser = await running;
  const webUrl = options.baseURL ?? inject("webUrl");
  const context = await browser.newContext({ baseURL: webUrl, locale: "en-GB", ...options });
  context.setDefaultTimeout(PATIENCE_MS);
  const complaints: string[] = [];
  const requests: string[] = [];
  await context.exposeFunction("noteViolation", (what: string) => complaints.push(`CSP: ${what}`));
  await context.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI, sample }) => {
      (globalThis as unknown as { noteViolation(what: string): void }).noteViolation(
        `${violatedDirective} ${blockedURI} ${sample}`,
      );
    });
  });
  const page = await context.newPage();
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(`${message.text()} (${message.location().url})`);
  });
  page.on("pageerror", ({ message }) => complaints.push(message));
  page.on("request", (request) => requests.push(request.url()));
  await page.goto(path);
  return {
    page,
    requests,
    async end(expected) {
      const foreign = requests.filter((url) => !/^(?:data|blob):/.test(url) && !url.startsWith(webUrl));
      await context.close();
      const unforeseen = complaints.filter((what) => !expected?.test(what));
      expect({ complaints: unforeseen, foreign }).toEqual({ complaints: [], foreign: [] });
    },
  };
}

/** Asks a question and waits until an answer has come to its end; `turns` is how many there are then. */
export async function ask(page: Page, question: string, turns = 1): Promise<void> {
  await page.fill("#question", question);
  await page.keyboard.press("Enter");
  await page.waitForFunction(
    (wanted) => document.querySelectorAll('[data-turn="done"]').length === wanted,
    turns,
  );
}
