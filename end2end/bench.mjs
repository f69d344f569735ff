// What the release costs: time to start, memory at rest, bytes until a page answers. Limits from the product's promises.

import { readFileSync } from 'node:fs';
import { chromium as playwright } from '@playwright/test';
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
 * Resident MiB of a process.
 * @param {number | undefined} pid
 */
function resident(pid) {
  const kib = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kib) / KIB;
}

function print() {
  console.log(`\n${'what'.padEnd(32)}${'limit'.padStart(12)}${'measured'.padStart(14)}${'ratio'.padStart(8)}`);
  for (const { what, unit, limit, measured } of rows) {
    const ratio = measured / limit;
    console.log(
      what.padEnd(32) +
        `${limit} ${unit}`.padStart(12) +
        `${measured.toFixed(1)} ${unit}`.padStart(14) +
        ratio.toFixed(2).padStart(8) +
        (ratio > 1 ? '  over' : ''),
    );
  }
}
