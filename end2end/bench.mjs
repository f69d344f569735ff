// What the release costs: time to start, memory at rest, bytes until a page answers. Limits from the product's promises.

import { readFileSync } from 'node:fs';
import { chromium as playwright } from '@playwright/test';
import { lists, sections } from './bench-large.mjs';
import { chromium, createOwner, hydrated, Pult } from './pult.mjs';

const KIB = 1024;
/** First visits, with an empty cache. */
const visits = [
  { what: 'start page, first visit', path: '/settings', limit: 250 },
  { what: 'list, first visit', path: '/settings/tags', limit: 290 },
  { what: 'form, first visit', path: '/settings/tags/new', limit: 340 },
];
/** @type {{ what: string, unit: string, limit: number, measured: number }[]} */
const rows = [];

const pult = await Pult.start();
try {
  rows.push({ what: 'start, idle data, median of 5', unit: 'ms', limit: 300, measured: await timeToStart() });
  rows.push({ what: 'memory, started', unit: 'MiB', limit: 60, measured: resident(pult.pid) });
  // Each start prints a link of its own.
  await visit(pult.setupLink);
  rows.push({ what: 'memory, after the visits', unit: 'MiB', limit: 60, measured: resident(pult.pid) });
} finally {
  await pult[Symbol.asyncDispose]();
}
print();

/** Milliseconds from the process's start to its first answer that it is well. */
async function timeToStart() {
  /** @type {number[]} */
  const times = [];
  for (let round = 0; round < 5; round++) {
    await pult.stop();
    const begin = performance.now();
    const well = healthy(pult.url).then(() => times.push(performance.now() - begin));
    await Promise.all([pult.start(), well]);
  }
  return times.sort((a, b) => a - b)[2] ?? NaN;
}

/**
 * Makes the owner and measures the first visits.
 * @param {string} setupLink
 */
async function visit(setupLink) {
  const browser = await playwright.launch(chromium);
  try {
    const context = await browser.newContext({ locale: 'uk-UA', baseURL: pult.url });
    await createOwner(await context.newPage(), setupLink);
    const storageState = await context.storageState();
    await context.close();
    for (const { what, path, limit } of visits) {
      const stranger = await browser.newContext({ storageState, locale: 'uk-UA', baseURL: pult.url });
      rows.push({ what, unit: 'KiB', limit, measured: await bytesUntilHydrated(stranger, path) });
      await stranger.close();
    }
    const writer = await browser.newContext({ storageState, locale: 'uk-UA', baseURL: pult.url });
    await write(writer);
    await writer.close();
    rows.push(...(await sections(() => browser.newContext({ storageState, locale: 'uk-UA', baseURL: pult.url }))));
    rows.push(...(await lists(browser)));
  } finally {
    await browser.close();
  }
}

/**
 * Asks again and again until the server says that it is well.
 * @param {string} url
 */
async function healthy(url) {
  for (const end = performance.now() + 30_000; performance.now() < end; ) {
    const answer = await fetch(`${url}/healthz`).catch(() => undefined);
    await answer?.arrayBuffer();
    if (answer?.status === 200) return;
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  throw new Error(`${url}/healthz did not answer 200 within 30 s`);
}

/**
 * KiB over the wire, headers included, until a browser that has never been here may use the page: of what was still on
 * its way then, the page was not in need.
 * @param {import('@playwright/test').BrowserContext} context
 * @param {string} path
 */
async function bytesUntilHydrated(context, path) {
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  /** @type {{ at: number, bytes: number }[]} */
  const loaded = [];
  // Milliseconds between the clock of the network's events and the wall.
  let toWall = Number.NaN;
  devtools.on('Network.requestWillBeSent', ({ timestamp, wallTime }) => (toWall = (wallTime - timestamp) * 1000));
  devtools.on('Network.loadingFinished', ({ timestamp, encodedDataLength }) =>
    loaded.push({ at: timestamp, bytes: encodedDataLength }),
  );
  await devtools.send('Network.enable');
  await page.addInitScript(() => {
    new MutationObserver(() => {
      if ('hydrated' in document.documentElement.dataset) performance.mark('hydrated');
    }).observe(document, { subtree: true, attributes: true, attributeFilter: ['data-hydrated'] });
  });
  await page.goto(path);
  await hydrated(page);
  const awake = await page.evaluate(
    () => performance.timeOrigin + (performance.getEntriesByName('hydrated')[0]?.startTime ?? Number.NaN),
  );
  const needed = loaded.filter(({ at }) => at * 1000 + toWall <= awake);
  return needed.reduce((sum, { bytes }) => sum + bytes, 0) / KIB;
}

/**
 * Pastes into what has the focus. Typing thousands of lines at once is another thing, and browsers are slow at it.
 * @param {import('@playwright/test').Page} page
 * @param {string} text
 */
async function paste(page, text) {
  await page.evaluate((text) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', text);
    let at = document.activeElement;
    while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
    at?.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true, composed: true }));
  }, text);
}

/**
 * Measures writing in the style editor with 5 000 lines of CSS and the sample panel beside it.
 * @param {import('@playwright/test').BrowserContext} context
 */
async function write(context) {
  const page = await context.newPage();
  await page.goto('/settings/styles');
  await hydrated(page);
  await page.getByRole('tab', { name: 'CSS' }).click();
  await page.locator('code-editor .cm-content').click();
  const rule = (/** @type {number} */ n) => `.op-head__name {\n  color: rgb(${n % 256}, 2, 3);\n  padding: ${n % 9}px;\n}`;
  const first = '.op-head__name { --note: a; }';
  await paste(page, [first, ...Array.from({ length: 1250 }, (_, n) => rule(n))].join('\n'));
  await page.frameLocator('iframe.sample__frame').locator('.op-head__name').waitFor();
  await page.keyboard.press('Control+Home');
  for (let n = 0; n < first.indexOf(';'); n++) await page.keyboard.press('ArrowRight');
  const devtools = await context.newCDPSession(page);
  await devtools.send('Performance.enable');
  // Seconds that the page's thread has worked: the time of its own, because the browser, the server and the frame share the
  // processors with it here.
  const worked = async () =>
    (await devtools.send('Performance.getMetrics')).metrics.find(({ name }) => name === 'ThreadTime')?.value ?? Number.NaN;
  // Every key changes the sheet that the sample wears. The first ones meet code that the browser has not compiled yet.
  const [warm, measured] = [20, 100];
  /** @type {number[]} */
  const spent = [];
  for (let n = 0; n < warm + measured; n++) {
    const before = await worked();
    await page.keyboard.press(n % 40 < 20 ? 'a' : 'Backspace');
    // Until what it changed is painted.
    await page.evaluate(() => new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted))));
    if (n >= warm) spent.push(((await worked()) - before) * 1000);
  }
  spent.sort((a, b) => a - b);
  rows.push({ what: '5 000 lines of CSS: a key, p95', unit: 'ms', limit: 16, measured: spent[94] ?? Number.NaN });

  /** @type {number[]} */
  const told = [];
  const found = page.locator('.code__problem');
  await page.keyboard.press('Control+End');
  for (let n = 0; n < 5; n++) {
    const begin = performance.now();
    await page.keyboard.press('}');
    await found.first().waitFor();
    told.push(performance.now() - begin);
    await page.keyboard.press('Backspace');
    await found.first().waitFor({ state: 'detached' });
  }
  rows.push({ what: '5 000 lines of CSS: findings', unit: 'ms', limit: 150, measured: told.sort((a, b) => a - b)[2] ?? Number.NaN });
}

/**
 * Resident MiB of a process.
 * @param {number | undefined} pid
 */
function resident(pid) {
  const kib = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kib) / KIB;
}

function print() {
  console.log(`\n${'what'.padEnd(36)}${'limit'.padStart(16)}${'measured'.padStart(16)}${'ratio'.padStart(8)}`);
  for (const { what, unit, limit, measured } of rows) {
    const ratio = measured / limit;
    console.log(
      what.padEnd(36) +
        `${limit} ${unit}`.padStart(16) +
        `${measured.toFixed(measured < 10 ? 2 : 1)} ${unit}`.padStart(16) +
        ratio.toFixed(2).padStart(8) +
        (ratio > 1 ? '  over' : ''),
    );
  }
}
