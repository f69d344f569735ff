// What is unsaved survives a reload and an ended session, waits on the start page, and goes when the person signs out.

import type { Page } from '@playwright/test';
import { createOwner, expect, hydrated, owner, signedOut, test } from './fixture.ts';
import { label, section, word } from './speech.ts';

const name = (page: Page) => page.getByRole('textbox', { name: label('uk', 'tags', 'name') });
const restored = (page: Page) => page.getByText(/^Відновлено чернетку/);
const saved = (page: Page) => page.getByRole('status').filter({ hasText: word('uk', 'saved') }).first();

async function open(page: Page, title: string): Promise<number> {
  const made = await page.request.post('/api/v1/settings/tags', { data: { name: title } });
  const { id } = await made.json();
  await page.goto(`/settings/tags/${id}`);
  await hydrated(page);
  return id;
}

test('a draft of the last moment survives a reload and can be thrown away', async ({ page }) => {
  await open(page, 'До перезавантаження');
  await name(page).fill('Щойно набране');
  await page.reload();
  await hydrated(page);
  await expect(restored(page)).toBeVisible();
  await expect(name(page)).toHaveValue('Щойно набране');
  await page.getByRole('button', { name: word('uk', 'discard') }).first().click();
  await expect(name(page)).toHaveValue('До перезавантаження');
  await page.reload();
  await hydrated(page);
  await expect(name(page)).toHaveValue('До перезавантаження');
  await expect(restored(page)).toHaveCount(0);
});

test('a draft waits on the start page and goes with the sign-out', async ({ fresh, browser, watch }) => {
  const context = await browser.newContext({ locale: 'uk-UA', baseURL: fresh.url, storageState: signedOut });
  await watch.over(context);
  const mine = await context.newPage();
  await createOwner(mine, fresh.setupLink);
  const id = await open(mine, 'Чернетка');
  await name(mine).fill('Ще не збережено');
  await mine.goto('/settings');
  await hydrated(mine);
  const waiting = mine.getByRole('link', { name: `${section('uk', 'tags')}: Чернетка` });
  await expect(waiting).toHaveAttribute('href', `/settings/tags/${id}`);
  await waiting.click();
  await expect(mine).toHaveURL(new RegExp(`/settings/tags/${id}$`));
  await expect(name(mine)).toHaveValue('Ще не збережено');
  // Signing out is asked about, and leaves nothing of it in this browser.
  await mine.getByRole('button', { name: new RegExp(word('uk', 'my_account')) }).click();
  await mine.getByRole('button', { name: word('uk', 'sign_out') }).click();
  const asked = mine.getByRole('dialog', { name: word('uk', 'unsaved_title') });
  await expect(asked.getByText('Вихід видалить із цього браузера 1 чернетку')).toBeVisible();
  await asked.getByRole('button', { name: word('uk', 'leave') }).click();
  await mine.waitForURL(/\/sign-in/);
  const kept = await mine.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('draft/')));
  expect(kept).toEqual([]);
  await context.close();
});

test('JSON that cannot be read stays as it was typed, wherever one goes', async ({ page }) => {
  const id = await open(page, 'Недописане');
  const half = '{ "name": "Недописане", "colour": ';
  const json = page.getByRole('link', { name: /^JSON/ });
  const editor = page.locator('.code').getByRole('textbox');
  await json.click();
  await editor.click();
  await page.keyboard.press('Control+A');
  await page.keyboard.insertText(half);
  await expect(page.locator('.code__problems')).toBeVisible();
  // A save leads to the place and loses nothing.
  await page.keyboard.press('Control+S');
  await expect(editor).toHaveText(half);
  await page.getByRole('link', { name: word('uk', 'view_form') }).click();
  await expect(page.getByText(word('uk', 'json_broken'))).toBeVisible();
  await json.click();
  await expect(editor).toHaveText(half);
  await page.reload();
  await hydrated(page);
  await expect(restored(page)).toBeVisible();
  await expect(editor).toHaveText(half);
  await page.goto('/settings');
  await hydrated(page);
  await page.goto(`/settings/tags/${id}`);
  await hydrated(page);
  await expect(page.getByText(word('uk', 'json_broken'))).toBeVisible();
  await page.getByRole('button', { name: word('uk', 'discard') }).first().click();
  await expect(page.getByText(word('uk', 'json_broken'))).toHaveCount(0);
  await json.click();
  await expect(editor).toContainText('"one_of_group"');
});

test('JSON that breaks a rule says so when it is saved', async ({ page, expectStatus }) => {
  expectStatus(422);
  await open(page, 'Проти правил');
  await page.getByRole('link', { name: /^JSON/ }).click();
  await page.locator('.code').getByRole('textbox').click();
  await page.keyboard.press('Control+A');
  await page.keyboard.insertText('{ "name": "Проти правил", "colour": "зелений" }');
  await page.keyboard.press('Control+S');
  const summary = page.locator('.summary');
  await expect(summary).toBeFocused();
  await expect(summary.getByRole('link', { name: /колір пишуть як #1e8e5a/ })).toBeVisible();
});

test('an ended session is asked for over the page, and what failed is done', async ({ page, expectStatus }) => {
  expectStatus(401);
  const id = await open(page, 'Перед кінцем сеансу');
  await name(page).fill('Після кінця сеансу');
  await page.context().clearCookies();
  await page.keyboard.press('Control+S');
  const dialog = page.getByRole('dialog', { name: word('uk', 'sign_in_again_title') });
  await expect(dialog).toBeVisible();
  await expect(dialog.getByLabel(word('uk', 'email'))).toHaveValue(owner.email);
  // A wrong password is said and loses nothing.
  expectStatus(422);
  await dialog.getByLabel(word('uk', 'password')).fill('не той пароль, ні');
  await page.keyboard.press('Enter');
  await expect(dialog.getByText('не підходять')).toBeVisible();
  await dialog.getByLabel(word('uk', 'password')).fill(owner.password);
  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
  await expect(saved(page)).toBeVisible();
  const read = await page.request.get(`/api/v1/settings/tags/${id}`);
  expect((await read.json()).value.name).toBe('Після кінця сеансу');
});

test('a draft is offered again after signing in on another page', async ({ page, expectStatus }) => {
  // A check of what was typed may be on its way when the session ends.
  expectStatus(401);
  const id = await open(page, 'Сеанс скінчився вночі');
  await name(page).fill('Набране ввечері');
  await page.context().clearCookies();
  await page.reload();
  await page.waitForURL(/\/sign-in\?next=/);
  await page.getByLabel(word('uk', 'email')).fill(owner.email);
  await page.getByLabel(word('uk', 'password')).fill(owner.password);
  await page.getByRole('button', { name: word('uk', 'sign_in') }).click();
  await page.waitForURL(new RegExp(`/settings/tags/${id}`));
  await hydrated(page);
  await expect(restored(page)).toBeVisible();
  await expect(name(page)).toHaveValue('Набране ввечері');
});

test('a draft that somebody has overtaken joins what they saved', async ({ page }) => {
  const id = await open(page, 'Наздогнане');
  await page.getByRole('textbox', { name: label('uk', 'tags', 'description') }).fill('Мій опис');
  await page.goto('/settings');
  const change = await page.request.patch(`/api/v1/settings/tags/${id}`, { data: { name: 'Перейменоване' }, headers: { 'if-match': '"r1"' } });
  expect(change.status()).toBe(200);
  await page.goto(`/settings/tags/${id}`);
  await hydrated(page);
  await expect(restored(page)).toBeVisible();
  await expect(name(page)).toHaveValue('Перейменоване');
  await expect(page.getByRole('textbox', { name: label('uk', 'tags', 'description') })).toHaveValue('Мій опис');
});

test('a page is left while its field holds the focus', async ({ page }) => {
  await open(page, 'У фокусі');
  await page.goto('/settings/tags');
  await hydrated(page);
  await page.getByRole('link', { name: 'У фокусі' }).click();
  await expect(name(page)).toBeEditable();
  await name(page).focus();
  await page.goBack();
  await expect(page).toHaveURL(/\/settings\/tags$/);
  // By the palette too, which gives the focus back to the field before it goes.
  await page.getByRole('link', { name: 'У фокусі' }).click();
  await expect(name(page)).toBeEditable();
  await name(page).focus();
  await page.keyboard.press('Control+K');
  await expect(page.getByRole('combobox', { name: word('uk', 'find') })).toBeFocused();
  await page.keyboard.type(section('uk', 'timers'));
  await expect(page.locator('#palette-results').getByRole('option', { selected: true })).toContainText(section('uk', 'timers'));
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: section('uk', 'timers') })).toBeVisible();
});
