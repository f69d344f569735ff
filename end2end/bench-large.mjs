// What grows: lists of a hundred thousand replies beside lists of a hundred, and what opening another section fetches.

import { createOwner, hydrated, Pult } from './pult.mjs';

/** @typedef {{ what: string, unit: string, limit: number, measured: number }} Row */
/** @typedef {import('@playwright/test').Page} Page */
/** @typedef {import('@playwright/test').Browser} Browser */

const KIB = 1024;
const LARGE = 100_000;
const SMALL = 100;
/** Operations of one commit. */
const EACH = 5_000;
const ukrainian = 'ваше замовлення буде доставлено завтра повернення оплата карткою дякуємо звернення менеджер склад'.split(' ');
const english = 'your order will be delivered tomorrow return payment card thank delivery stock'.split(' ');

/**
 * Lists, search and scrolling with a large set.
 * @param {Browser} browser
 * @returns {Promise<Row[]>}
 */
export async function lists(browser) {
  const small = await opened(browser, SMALL);
  const large = await opened(browser, LARGE);
  try {
    /** @type {[number[], number[]]} */
    const paints = [[], []];
    for (const one of [small, large]) await firstPaint(one.page);
    for (let round = 0; round < 25; round++) {
      paints[0].push(await firstPaint(small.page));
      paints[1].push(await firstPaint(large.page));
    }
    return [
      { what: 'list of 100 000, first paint', unit: '× of 100', limit: 1.2, measured: median(paints[1]) / median(paints[0]) },
      { what: 'search in 100 000, painted, p90', unit: 'ms', limit: 100, measured: await search(large.page) },
      { what: 'scrolling 200 rows, a frame, p95', unit: 'ms', limit: 17.5, measured: await scroll(large.page) },
    ];
  } finally {
    for (const one of [small, large]) {
      await one.page.context().close();
      await one.pult[Symbol.asyncDispose]();
    }
  }
}

/**
 * A console with so many replies, and its owner's page.
 * @param {Browser} browser
 * @param {number} size
 */
async function opened(browser, size) {
  const pult = await Pult.start();
  const context = await browser.newContext({ locale: 'uk-UA', baseURL: pult.url, reducedMotion: 'reduce', viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  await createOwner(page, pult.setupLink);
  for (let begin = 0; begin < size; begin += EACH) {
    const operations = Array.from({ length: Math.min(EACH, size - begin) }, (_, n) => reply(begin + n));
    const made = await page.request.post('/api/v1/commits', { data: { operations, accept: ['*'] }, timeout: 120_000 });
    if (made.status() >= 300) throw new Error(`${made.status()}: ${await made.text()}`);
  }
  return { pult, page };
}

/** @param {number} n */
function reply(n) {
  const text = (/** @type {string[]} */ words) => Array.from({ length: 26 }, (_, at) => words[(n * 7 + at * (n % 5 + 1)) % words.length]).join(' ').slice(0, 200);
  const channels = n % 10 ? [] : [{ channel: 'sms', text: { uk: 'Коротко' } }];
  const value = { title: `Відповідь на часте запитання номер ${n}`, shortcut: `r${n}`, text: { uk: text(ukrainian), en: text(english) }, channels };
  return { op: 'create', section: 'replies', value };
}

/**
 * Milliseconds until the list is first painted.
 * @param {Page} page
 */
async function firstPaint(page) {
  await page.goto('/settings/replies');
  await hydrated(page);
  return page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Number.NaN);
}

/**
 * Milliseconds from the last key of a word until its results are painted: the second worst of sixteen.
 * @param {Page} page
 */
async function search(page) {
  await page.goto('/settings/replies');
  await hydrated(page);
  const input = page.locator('input[name=q]');
  /** @type {number[]} */
  const spent = [];
  const words = ['r77701', 'повернення', 'дост', 'номер 999', 'оплата карткою', 'delivery', 'r5', 'склад ваше'];
  for (const word of [...words, ...words]) {
    await input.fill('');
    await settled(page);
    await input.pressSequentially(word.slice(0, -1));
    await settled(page);
    const painted = page.evaluate(() => {
      const row = () => document.querySelector('.table__row');
      const before = row();
      return new Promise((/** @type {(spent: number) => void} */ done) => {
        addEventListener(
          'input',
          ({ timeStamp }) => {
            const look = new MutationObserver(() => {
              if (row() === before || !row()) return;
              look.disconnect();
              requestAnimationFrame(() => setTimeout(() => done(performance.now() - timeStamp)));
            });
            look.observe(document.body, { subtree: true, childList: true });
          },
          { once: true, capture: true },
        );
      });
    });
    await input.pressSequentially(word.slice(-1));
    spent.push(await painted);
  }
  return spent.sort((a, b) => a - b)[14] ?? Number.NaN;
}

/**
 * Until nothing has been drawn for a while.
 * @param {Page} page
 */
async function settled(page) {
  await page.evaluate(
    () =>
      new Promise((/** @type {(nothing: void) => void} */ done) => {
        const end = () => {
          changes.disconnect();
          done();
        };
        let timer = setTimeout(end, 250);
        const changes = new MutationObserver(() => {
          clearTimeout(timer);
          timer = setTimeout(end, 250);
        });
        changes.observe(document.body, { subtree: true, childList: true, characterData: true });
      }),
  );
}

/**
 * Milliseconds between two frames while a page of 200 rows is scrolled: the 95th of a hundred.
 * @param {Page} page
 */
async function scroll(page) {
  await page.goto('/settings/replies?limit=200');
  await hydrated(page);
  await settled(page);
  const frames = await page.evaluate(async () => {
    let box = document.querySelector('.table__row');
    while (box && !(box.scrollHeight > box.clientHeight && /auto|scroll/.test(getComputedStyle(box).overflowY))) box = box.parentElement;
    const frame = () => new Promise(requestAnimationFrame);
    /** @type {number[]} */
    const frames = [];
    for (let last = await frame(), n = 0; n < 120; n++) {
      (box ?? document.scrollingElement)?.scrollBy(0, 40);
      const now = await frame();
      frames.push(now - last);
      last = now;
    }
    return frames;
  });
  return frames.slice(20).sort((a, b) => a - b)[94] ?? Number.NaN;
}

/**
 * KiB that opening another section fetches, when nothing but one form has been seen before: the most of any, and of the
 * code editor.
 * @param {() => Promise<import('@playwright/test').BrowserContext>} newcomer somebody who is signed in and has seen nothing
 * @returns {Promise<Row[]>}
 */
export async function sections(newcomer) {
  /** @type {string[]} */
  let paths = [];
  let most = { path: '', kib: 0 };
  let code = 0;
  for (let n = 0; n === 0 || n < paths.length; n++) {
    const context = await newcomer();
    const page = await context.newPage();
    const devtools = await context.newCDPSession(page);
    let bytes = 0;
    devtools.on('Network.loadingFinished', ({ encodedDataLength }) => (bytes += encodedDataLength));
    await devtools.send('Network.enable');
    await page.goto('/settings/tags/new');
    await hydrated(page);
    await page.waitForLoadState('networkidle');
    await settled(page);
    paths = await page.locator('nav a[href^="/settings/"]').evaluateAll((links) => [...new Set(links.map((link) => link.getAttribute('href') ?? ''))]);
    const path = paths[n] ?? '';
    bytes = 0;
    await page.locator(`nav a[href="${path}"]`).first().click();
    await page.waitForURL((url) => url.pathname === path);
    await settled(page);
    if (bytes / KIB > most.kib) most = { path, kib: bytes / KIB };
    if (path === '/settings/styles') {
      bytes = 0;
      await page.getByRole('tab', { name: 'CSS' }).click();
      await page.locator('code-editor .cm-content').waitFor();
      await settled(page);
      code = bytes / KIB;
    }
    await context.close();
  }
  return [
    { what: `another section: ${most.path.replace('/settings/', '')}`, unit: 'KiB', limit: 40, measured: most.kib },
    { what: 'the code editor', unit: 'KiB', limit: 120, measured: code },
  ];
}

/** @param {number[]} numbers */
function median(numbers) {
  return numbers.sort((a, b) => a - b)[numbers.length >> 1] ?? Number.NaN;
}
