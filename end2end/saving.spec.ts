// What the server once said of a draft does not stand in the way of saving the draft as it is now.

import type { Route } from '@playwright/test';
import { expect, hydrated, test } from './fixture.ts';
import { label, word } from './speech.ts';

test('an answer about an earlier draft does not stop the save', async ({ page }) => {
  // Each check is held back, so that the press on Save comes before the newest one is answered.
  const held: Route[] = [];
  await page.route('**/rpc/check', (route) => void held.push(route));
  await page.goto('/settings/replies/new');
  await hydrated(page);
  await page.getByRole('textbox', { name: label('uk', 'replies', 'title'), exact: true }).fill('Вітання');
  await expect.poll(() => held.length).toBe(1);
  await page.locator('#field-text-uk').fill('Вітаю!');
  // It tells that there is no text yet.
  const answered = page.waitForResponse('**/rpc/check');
  await held.shift()!.continue();
  expect(await (await answered).text()).toContain('/text');
  await page.getByRole('button', { name: word('uk', 'save'), exact: true }).click();
  await expect(page).toHaveURL(/replies\/\d+$/);
  await page.unrouteAll({ behavior: 'ignoreErrors' });
});

test('what has become right by itself can be saved', async ({ page }) => {
  const make = async (name: string) => (await (await page.request.post('/api/v1/settings/tags', { data: { name } })).json()).id;
  const [taken, mine] = [await make('Зайнята назва'), await make('Вільна назва')];
  await page.goto(`/settings/tags/${mine}`);
  await hydrated(page);
  const name = page.getByRole('textbox', { name: label('uk', 'tags', 'name') });
  await name.fill('Зайнята назва');
  await expect(name).toHaveAttribute('aria-invalid', 'true');
  const { revision } = await (await page.request.get(`/api/v1/settings/tags/${taken}`)).json();
  const renamed = await page.request.patch(`/api/v1/settings/tags/${taken}`, { headers: { 'if-match': `"${revision}"` }, data: { name: 'Інша назва' } });
  expect(renamed.status()).toBe(200);
  await page.getByRole('button', { name: word('uk', 'save'), exact: true }).click();
  await expect(page.getByRole('status').filter({ hasText: word('uk', 'saved') }).first()).toBeVisible();
  expect((await (await page.request.get(`/api/v1/settings/tags/${mine}`)).json()).value.name).toBe('Зайнята назва');
});
