// Takes the pictures of the README from a console with the sample contact centre: `make pictures`.

import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium as playwright } from '@playwright/test';
import { bin, chromium, hydrated, signIn } from './pult.mjs';

const folder = join(import.meta.dirname, '../docs/pictures');
/** Name of the picture, address, and what must be there before it is taken. */
const pictures = [
  { name: 'tags', path: '/settings/tags/1', ready: '[name=q]' },
  { name: 'styles', path: '/settings/styles', ready: 'iframe' },
  { name: 'client-card', path: '/settings/client-card', ready: 'iframe' },
  { name: 'hotkeys', path: '/settings/hotkeys', ready: 'iframe' },
  { name: 'replies', path: '/settings/replies/1', ready: 'iframe' },
];

const data = mkdtempSync(join(tmpdir(), 'pult-pictures-'));
const child = spawn(bin, ['demo', '--listen', '127.0.0.1:0', '--data', data], { stdio: ['ignore', 'pipe', 'inherit'] });
const browser = await playwright.launch(chromium);
try {
  const output = await new Promise((found, failed) => {
    let text = '';
    child.once('exit', () => failed(new Error(`pult demo ended:\n${text}`)));
    child.stdout.setEncoding('utf8').on('data', (piece) => {
      text += piece;
      if (/Pult listens on \S+/.test(text)) found(text);
    });
  });
  const url = /Pult listens on (\S+)/.exec(output)?.[1] ?? '';
  const [, email = '', password = ''] = /Sign in as (\S+) with the password (\S+)/.exec(output) ?? [];
  const context = await browser.newContext({
    baseURL: url,
    locale: 'uk-UA',
    viewport: { width: 1440, height: 900 },
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  await signIn(page, email, password);
  for (const theme of ['light', 'dark']) {
    await context.addCookies([{ name: 'pult-theme', value: theme, url }]);
    for (const { name, path, ready } of pictures) {
      await page.goto(path);
      await hydrated(page);
      await page.locator(ready).first().waitFor();
      await page.waitForLoadState('networkidle');
      await page.screenshot({ path: join(folder, `${name}-${theme}.png`), animations: 'disabled' });
    }
  }
} finally {
  await browser.close();
  child.kill('SIGTERM');
  rmSync(data, { recursive: true, force: true });
}
