// The palette finds single settings by label, help and JSON key in both languages, opens them with the focus, and acts.

import type { Page, Route } from '@playwright/test';
import { expect, hydrated, reads, test } from './fixture.ts';
import { label, section, word } from './speech.ts';

/** Opens the palette; its box has the focus. */
async function opened(page: Page, language: 'uk' | 'en' = 'uk') {
  await page.keyboard.press('Control+K');
  const box = page.getByRole('combobox', { name: word(language, 'find') });
  await expect(box).toBeFocused();
  return box;
}

async function ask(page: Page, words: string, language: 'uk' | 'en' = 'uk') {
  await opened(page, language);
  await page.keyboard.type(words);
}

const chosen = (page: Page) => page.locator('#palette-results').getByRole('option', { selected: true });
const settings = (page: Page) => page.getByRole('group', { name: word('uk', 'settings_found') });

for (const [how, words] of [
  ['label', label('uk', 'timers', 'use_timer')],
  ['label of the other language', label('en', 'timers', 'use_timer')],
  ['JSON key', 'use_timer'],
] as const) {
  test(`a setting is found by ${how} and has the focus`, async ({ page }) => {
    await page.goto('/settings');
    await hydrated(page);
    await ask(page, words);
    await settings(page).getByRole('option', { name: new RegExp(label('uk', 'timers', 'use_timer')) }).first().click();
    await expect(page.getByRole('heading', { level: 1, name: section('uk', 'timers') })).toBeVisible();
    await expect(page.getByRole('switch', { name: label('uk', 'timers', 'use_timer') })).toBeFocused();
  });
}

test('what is typed before its code has come is not lost', async ({ page }) => {
  await page.goto('/settings');
  await hydrated(page);
  let letThrough = () => {};
  const typed = new Promise<void>((resolve) => (letThrough = resolve));
  await page.route('**/*.pack', async (route) => {
    await typed;
    await route.continue();
  });
  await page.keyboard.press('Control+K');
  await expect(page.locator('#palette')).toBeVisible();
  // Letters that have a key of their own: others are put in by the test without one.
  await page.keyboard.type('use_timer');
  letThrough();
  await expect(page.getByRole('combobox', { name: word('uk', 'find') })).toHaveValue('use_timer');
  await expect(settings(page).getByRole('option')).toHaveCount(1);
});

test('a setting of a directory opens on the record at hand, else on a new one', async ({ page }) => {
  await page.request.post('/api/v1/settings/tags', { data: { name: 'Палітра' } });
  await page.goto('/settings');
  await hydrated(page);
  await ask(page, 'who_may_add');
  await settings(page).getByRole('option').first().click();
  await expect(page).toHaveURL(/\/settings\/tags\/new\?field=who_may_add$/);
  await expect(page.getByRole('radio').first()).toBeFocused();
  await page.goto('/settings/tags?q=Палітра');
  await hydrated(page);
  await page.getByRole('link', { name: 'Палітра' }).click();
  await expect(page).toHaveURL(/\/settings\/tags\/\d+/);
  await ask(page, 'description');
  await settings(page).getByRole('option').filter({ hasText: section('uk', 'tags') }).first().click();
  await expect(page).toHaveURL(/\/settings\/tags\/\d+\?field=description$/);
  await expect(page.getByRole('textbox', { name: label('uk', 'tags', 'description') })).toBeFocused();
});

test('actions: theme, language', async ({ page }) => {
  await page.goto('/settings');
  await hydrated(page);
  await ask(page, word('uk', 'theme_now', { theme: word('uk', 'theme_dark') }));
  await expect(chosen(page)).toHaveText(word('uk', 'theme_now', { theme: word('uk', 'theme_dark') }));
  await page.keyboard.press('Enter');
  await expect(page.locator('html')).toHaveCSS('color-scheme', 'dark');
  await ask(page, 'English');
  await expect(chosen(page)).toContainText('English');
  await page.keyboard.press('Enter');
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
});

test('an answer that comes late moves nothing under the finger', async ({ page }) => {
  for (const name of ['Мій обліковий запис клієнта', 'Мій обліковий запис партнера']) await page.request.post('/api/v1/settings/tags', { data: { name } });
  await page.goto('/settings');
  await hydrated(page);
  const held: Route[] = [];
  await page.route('**/rpc/find', (route) => void held.push(route));
  const box = await opened(page);
  await box.fill(word('uk', 'my_account'));
  await expect(chosen(page)).toHaveText(word('uk', 'my_account'));
  await expect.poll(() => held.length).toBe(1);
  await held[0]?.continue();
  // The records stand before the action, which stays chosen.
  const options = page.locator('#palette-results').getByRole('option');
  await expect(options.first()).toContainText('Мій обліковий запис клієнта');
  await expect(chosen(page)).toHaveText(word('uk', 'my_account'));
  await page.keyboard.press('ArrowUp');
  await expect(chosen(page)).toContainText('Мій обліковий запис партнера');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/account$/);
});

test('of an answer to less than what is typed, what still fits is kept until the next', async ({ page }) => {
  for (const name of ['Повернення коштів', 'Повзунок гучності']) await page.request.post('/api/v1/settings/tags', { data: { name } });
  await page.goto('/settings');
  await hydrated(page);
  const box = await opened(page);
  await box.fill('пов');
  const options = page.locator('#palette-results').getByRole('option');
  await expect(options.filter({ hasText: 'Повзунок гучності' })).toBeVisible();
  const held: Route[] = [];
  await page.route('**/rpc/find', (route) => void held.push(route));
  await box.fill('поверн');
  await expect(options.filter({ hasText: 'Повзунок гучності' })).toHaveCount(0);
  await expect(options.filter({ hasText: 'Повернення коштів' })).toBeVisible();
  // What fits to nothing known is not called missing before the answer.
  await box.fill('повернеш');
  const nothing = page.getByText(word('uk', 'nothing_found'), { exact: true });
  await expect(options).toHaveCount(0);
  await expect(nothing).toBeHidden();
  await expect.poll(() => held.length).toBe(2);
  await page.unroute('**/rpc/find'); // Which lets them go on.
  await expect(nothing).toBeVisible();
});

test('what is called so comes before what is explained so', async ({ context, page, pult }) => {
  await reads(context, pult.url, 'en', 'light');
  await page.goto('/settings');
  await hydrated(page);
  await ask(page, word('en', 'sign_out'), 'en');
  // The help of a person's state says it as well.
  await expect(page.getByRole('option', { name: label('en', 'users', 'active') })).toBeVisible();
  await expect(page.locator('#palette-results').getByRole('option').first()).toHaveText(word('en', 'sign_out'));
});

test('a list is ordered by use', async ({ page }) => {
  const make = async (where: string, data: object) => (await (await page.request.post(`/api/v1/settings/${where}`, { data })).json()).id as number;
  const rare = await make('reply-categories', { name: { uk: 'Аа рідкісна' } });
  const often = await make('reply-categories', { name: { uk: 'Яя уживана' } });
  for (const [n, category] of [often, often, rare].entries()) await make('replies', { title: `За вжитком ${n}`, text: { uk: 'Так' }, category });
  await page.goto('/settings/reply-categories');
  await hydrated(page);
  await page.getByRole('link', { name: word('uk', 'used') }).click();
  await expect(page).toHaveURL(/sort=(-|%2D)used/);
  await expect(page.getByRole('columnheader', { name: word('uk', 'used') })).toHaveAttribute('aria-sort', 'descending');
  await expect(page.getByRole('row').nth(1)).toContainText('Яя уживана');
});

test('a word that begins as was typed comes before one that only holds it', async ({ page }) => {
  await page.goto('/settings');
  await hydrated(page);
  await ask(page, 'темна');
  const names = page.locator('#palette-results').getByRole('option').locator('.palette__word');
  await expect(names.first()).toHaveText('Тема: темна');
});
