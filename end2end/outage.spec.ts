// The server is killed while somebody works: the page says so, keeps everything, and goes on when it is back.

import { createOwner, expect, hydrated, signedOut, test } from './fixture.ts';
import { label, word } from './speech.ts';

test.use({ storageState: signedOut });

test('a killed server loses nothing', async ({ fresh, page, browser, watch, expectError, expectStatus }) => {
  // What the browser itself says about a server that is not there, in the page and in the frame of the sample panel.
  expectError(/Failed to fetch dynamically imported module|ERR_CONNECTION_REFUSED|ERR_CONNECTION_RESET|ERR_INCOMPLETE_CHUNKED_ENCODING|ERR_EMPTY_RESPONSE|ERR_SOCKET_NOT_CONNECTED/);
  expectStatus(503);
  await createOwner(page, fresh.setupLink);
  const made = await page.request.post(`${fresh.url}/api/v1/settings/tags`, { data: { name: 'До обриву' } });
  expect(made.status()).toBe(201);
  await page.goto(`${fresh.url}/settings/tags/1`);
  await hydrated(page);
  const name = page.getByRole('textbox', { name: label('uk', 'tags', 'name') });
  await name.fill('Під час обриву');

  await fresh.kill();
  await expect(page.getByText(word('uk', 'connection_lost'))).toBeVisible({ timeout: 30_000 });
  await page.keyboard.press('Control+S');
  await expect(page.getByRole('alert').filter({ hasText: 'Не вдалося зберегти' })).toBeVisible();
  await expect(name).toHaveValue('Під час обриву');

  await fresh.start();
  await expect(page.getByText(word('uk', 'connection_lost'))).toBeHidden({ timeout: 30_000 });
  await page.keyboard.press('Control+S');
  await expect(page.getByRole('status').filter({ hasText: word('uk', 'saved') }).first()).toBeVisible();
  const read = await page.request.get(`${fresh.url}/api/v1/settings/tags/1`);
  expect((await read.json()).value.name).toBe('Під час обриву');

  // What another browser does from now on arrives again by itself.
  const other = await browser.newContext({ storageState: await page.context().storageState(), baseURL: fresh.url });
  await watch.over(other);
  await other.request.patch('/api/v1/settings/tags/1', { data: { description: 'Після обриву' }, headers: { 'if-match': '"r2"' } });
  await expect(page.getByRole('textbox', { name: label('uk', 'tags', 'description') })).toHaveValue('Після обриву');
  await other.close();
});
