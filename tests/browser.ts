// A real browser for the tests of pages: Debian's chromium, where it is installed.
import { existsSync } from "node:fs";
import { type Browser, chromium, type Page } from "playwright-core";

const CHROMIUM = "/usr/bin/chromium";

/** For the `skip` of a test; setup.sh --development installs it. */
export const withoutBrowser = existsSync(CHROMIUM) ? false : `${CHROMIUM} is not installed`;

/** Everything that a page did that it should not have: errors, dialogs, requests. */
export interface Watched {
  readonly page: Page;
  readonly errors: string[];
  readonly requests: string[];
}

/** Runs `work` with a browser that is closed afterwards. */
export async function withBrowser(work: (browser: Browser) => Promise<void>): Promise<void> {
  // A container has no user namespaces for the sandbox, and root may not have one.
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox"] });
  try {
    await work(browser);
  } finally {
    await browser.close();
  }
}

/** A page whose missteps are written down. */
export async function watchedPage(
  browser: Browser,
  options: Parameters<Browser["newPage"]>[0] = {},
): Promise<Watched> {
  const page = await browser.newPage(options);
  const errors: string[] = [];
  const requests: string[] = [];
  page.on("pageerror", (error) => errors.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error") errors.push(message.text());
  });
  page.on("dialog", (dialog) => {
    errors.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on("request", (request) => requests.push(request.url()));
  return { page, errors, requests };
}
