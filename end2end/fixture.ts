// The one fixture of all journeys: a console of one's own, an owner who is signed in, and a browser that forgives nothing.

import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { test as base, expect, type BrowserContext, type Locator, type Page, type PlaywrightWorkerArgs } from '@playwright/test';
import { createOwner, hydrated, owner, Pult, signIn } from './pult.mjs';

export { createOwner, expect, hydrated, owner, Pult, signIn };

type SignedIn = Awaited<ReturnType<BrowserContext['storageState']>>;

/** What a browser context did that no visitor should meet, apart from what the test announced. */
class Watch {
  #statuses: number[] = [];
  #messages: RegExp[] = [];
  #trouble: string[] = [];

  async over(context: BrowserContext) {
    // A refusal without a console line still counts: report-only policies, and frames.
    await context.addInitScript(() => {
      addEventListener('securitypolicyviolation', (event) =>
        console.error(`policy: ${event.effectiveDirective} ${event.blockedURI} ${event.sample}`),
      );
    });
    context.on('weberror', (error) => this.#note(`page error: ${error.error().stack || error.error()}`));
    context.on('console', (message) => {
      // The status of a response is judged below, where it can be announced.
      if (message.type() !== 'error' || /server responded with a status of/.test(message.text())) return;
      this.#note(`console: ${message.text()} (${message.location().url})`);
    });
    context.on('response', (response) => {
      if (response.status() < 400 || this.#statuses.includes(response.status())) return;
      this.#note(`${response.status()} ${response.request().method()} ${response.url()}`);
    });
  }

  expectStatus = (...statuses: number[]) => void this.#statuses.push(...statuses);
  expectError = (message: RegExp) => void this.#messages.push(message);

  get trouble() {
    return this.#trouble.filter((line) => !this.#messages.some((message) => message.test(line)));
  }

  #note(line: string) {
    this.#trouble.push(line);
  }
}

/** A console, and the cookies of its owner. */
type Own = { pult: Pult; ownerState: SignedIn };

type Worker = {
  /** The console of the file whose tests this worker is running: no file meets what another has left. */
  ownOf: (file: string) => Promise<Own>;
};

type Each = {
  watch: Watch;
  /** A console shared by the tests of one file; its owner exists. */
  pult: Pult;
  /** Cookies of that owner. */
  ownerState: SignedIn;
  /** A console of this test alone, which nobody has set up. Address it by `fresh.url`. */
  fresh: Pult;
  /** Announces responses of 400 and above that this test provokes. */
  expectStatus: Watch['expectStatus'];
  /** Announces console errors that this test provokes. */
  expectError: Watch['expectError'];
};

/** Pages start signed in as the owner; `test.use({ storageState: signedOut })` starts them as a stranger. */
export const signedOut: SignedIn = { cookies: [], origins: [] };

export const test = base.extend<Each, Worker>({
  ownOf: [
    async ({ browser }, use) => {
      let last = '';
      let own: Own | undefined;
      await use(async (file) => {
        if (own && file === last) return own;
        await own?.pult[Symbol.asyncDispose]();
        own = undefined;
        const pult = await Pult.start();
        const context = await browser.newContext({ locale: 'uk-UA' });
        await createOwner(await context.newPage(), pult.setupLink);
        own = { pult, ownerState: await context.storageState() };
        last = file;
        await context.close();
        return own;
      });
      await own?.pult[Symbol.asyncDispose]();
    },
    { scope: 'worker' },
  ],
  pult: async ({ ownOf }, use, { file }) => use((await ownOf(file)).pult),
  ownerState: async ({ ownOf }, use, { file }) => use((await ownOf(file)).ownerState),
  fresh: async ({ context }, use) => {
    await using fresh = await Pult.start();
    await use(fresh);
    // A page that outlived its console would complain about that, and rightly.
    for (const page of context.pages()) await page.goto('about:blank');
  },

  baseURL: ({ pult }, use) => use(pult.url),
  storageState: ({ ownerState }, use) => use(ownerState),
  watch: ({}, use) => use(new Watch()),
  expectStatus: ({ watch }, use) => use(watch.expectStatus),
  expectError: ({ watch }, use) => use(watch.expectError),
  context: async ({ context, watch }, use) => {
    await watch.over(context);
    await use(context);
    expect.soft(watch.trouble, 'what the browser complained about').toEqual([]);
  },
});

/** The language and the theme that the reader has chosen on the console at `url`. */
export function reads(context: BrowserContext, url: string, language: 'uk' | 'en', theme: 'light' | 'dark') {
  return context.addCookies([
    { name: 'pult-lang', value: language, url },
    { name: 'pult-theme', value: theme, url },
  ]);
}

/** Fails on what axe finds against WCAG 2.2 AA, naming rule, place and cure. */
export async function axe(page: Page) {
  const { violations } = await new AxeBuilder({ page })
    .options({ resultTypes: ['violations'] }) // What passes need not be described, which takes time.
    .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
    .setLegacyMode() // In the page itself, instead of a second page for every look.
    .analyze();
  const found = violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.target.join(' ')} — ${node.failureSummary?.replace(/\s+/g, ' ')}`),
  );
  expect.soft(found, 'accessibility').toEqual([]);
}

/** Writes a document as the person of `page`, byte for byte, over the version `revision`; `accept` are the warnings taken. */
export async function put(page: Page, url: string, section: string, revision: number, body: string, accept = '') {
  const answer = await page.request.put(`${url}/api/v1/settings/${section}`, {
    headers: { 'content-type': 'application/json', 'if-match': `"r${revision}"`, origin: url, ...(accept && { 'pult-accept': accept }) },
    data: Buffer.from(body),
  });
  return { status: answer.status(), text: await answer.text() };
}

/** A program that talks REST with a key of this role, which the person of `page` makes at `url`. */
export async function program(page: Page, playwright: PlaywrightWorkerArgs['playwright'], url: string, role: string) {
  const { rows } = await (await page.request.get(`${url}/api/v1/settings/roles`)).json();
  const { id } = (rows as { id: number; key: string }[]).find(({ key }) => key === role)!;
  const made = await page.request.post(`${url}/rpc/make-key`, { data: { key: { name: 'Панель', role: id, expires: '' } } });
  return playwright.request.newContext({ baseURL: url, extraHTTPHeaders: { authorization: `Bearer ${await made.json()}` } });
}

/** Goes on with Tab until the focus is there; it must be seen on every stop of the way. */
export async function tabTo(page: Page, target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab') {
  await expect(target).toBeVisible();
  for (let stop = 0; stop < 120; stop++) {
    if (await target.evaluate((element) => element.matches(':focus'))) return;
    await page.keyboard.press(key);
    const hidden = await page.evaluate(() => {
      const at = document.activeElement;
      // In a frame the focus is on something of the frame's own.
      if (!at || at === document.body || at.localName === 'iframe') return '';
      const style = getComputedStyle(at);
      const ring = style.outlineStyle !== 'none' || style.boxShadow !== 'none';
      // A control whose look is drawn by what is around it shows the focus there.
      const around = at.parentElement ? getComputedStyle(at.parentElement) : style;
      const seen = ring || around.outlineStyle !== 'none' || around.boxShadow !== 'none';
      return seen ? '' : at.outerHTML.slice(0, 200);
    });
    expect(hidden, 'the focus can’t be seen').toBe('');
  }
  throw new Error(`the keyboard does not reach ${target}`);
}

/** Fails when the page scrolls sideways at its present width. */
export async function noOverflow(page: Page) {
  const wide = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    return [...document.body.querySelectorAll('*')]
      .filter((element) => element.getBoundingClientRect().right > clientWidth + 1)
      .map((element) => `<${element.localName} class="${element.className}"> ends at ${element.getBoundingClientRect().right}`)
      .concat(`the page is ${scrollWidth} wide in a window of ${clientWidth}`);
  });
  expect.soft(wide, 'sideways scrolling').toEqual([]);
}

/** Keeps a picture of the whole page in `results/screens/`, to be looked at. */
export async function shot(page: Page, name: string) {
  await page.screenshot({
    path: join(import.meta.dirname, 'results/screens', `${name}.png`),
    fullPage: true,
    animations: 'disabled',
  });
}
