// Two people change one record: different fields become one by themselves, about the same field the later one is asked.

import type { Browser, BrowserContext, Page } from '@playwright/test';
import { expect, hydrated, test } from './fixture.ts';
import { label, word } from './speech.ts';

const name = (page: Page) => page.getByRole('textbox', { name: label('uk', 'tags', 'name') });
const about = (page: Page) => page.getByRole('textbox', { name: label('uk', 'tags', 'description') });
const save = (page: Page) => page.keyboard.press('Control+S');
const saved = (page: Page) => page.getByRole('status').filter({ hasText: word('uk', 'saved') }).first();

/** Another browser in which the owner is signed in. */
async function another(browser: Browser, baseURL: string, watch: { over(context: BrowserContext): Promise<void> }) {
  const context = await browser.newContext({ locale: 'uk-UA', baseURL });
  await watch.over(context);
  return context.newPage();
}

async function tag(page: Page, value: object): Promise<number> {
  const made = await page.request.post('/api/v1/settings/tags', { data: value });
  expect(made.status()).toBe(201);
  return (await made.json()).id;
}

const read = async (page: Page, id: number) => (await page.request.get(`/api/v1/settings/tags/${id}`)).json();

test('different fields become one without a question', async ({ page, browser, pult, watch, expectStatus }) => {
  // The second save names a version that no longer stands.
  expectStatus(409);
  const id = await tag(page, { name: 'Спільний тег' });
  const second = await another(browser, pult.url, watch);
  for (const one of [page, second]) {
    await one.goto(`/settings/tags/${id}`);
    await hydrated(one);
  }
  await about(second).fill('Опис від другого');
  await name(page).fill('Назва від першого');
  await save(page);
  await expect(saved(page)).toBeVisible();
  await expect(second.getByText(/збережено версію 2/)).toBeVisible();
  await save(second);
  await expect(second.getByRole('status').filter({ hasText: 'об’єднано з вашими' })).toBeVisible();
  await expect.poll(async () => (await read(page, id)).revision).toBe(3);
  await expect(second.getByRole('dialog')).toHaveCount(0);
  const { value } = await read(page, id);
  expect(value).toMatchObject({ name: 'Назва від першого', description: 'Опис від другого' });
  // The first browser has taken it over.
  await expect(about(page)).toHaveValue('Опис від другого');
  await second.context().close();
});

for (const mine of [true, false]) {
  test(`the same field is asked about: ${mine ? 'mine' : 'theirs'}`, async ({ page, browser, pult, watch, expectStatus }) => {
    expectStatus(409);
    const id = await tag(page, { name: `Суперечка ${mine}` });
    const second = await another(browser, pult.url, watch);
    for (const one of [page, second]) {
      await one.goto(`/settings/tags/${id}`);
      await hydrated(one);
    }
    await name(second).fill(`Друга назва ${mine}`);
    await about(second).fill('Опис від другого');
    await name(page).fill(`Перша назва ${mine}`);
    await save(page);
    await expect(saved(page)).toBeVisible();
    await save(second);
    const dialog = second.getByRole('dialog', { name: word('uk', 'merge_title') });
    await expect(dialog).toBeVisible();
    await expect(dialog.getByText(`Суперечка ${mine}`)).toBeVisible();
    // One field collides; the description was never in question.
    await expect(dialog.getByRole('group')).toHaveCount(1);
    const settle = dialog.getByRole('button', { name: word('uk', 'merge_save') });
    await expect(settle).toBeDisabled();
    await dialog.getByRole('radio').nth(mine ? 0 : 1).check();
    await settle.click();
    await expect.poll(async () => (await read(page, id)).revision).toBe(3);
    const { value } = await read(page, id);
    expect(value).toMatchObject({ name: mine ? `Друга назва ${mine}` : `Перша назва ${mine}`, description: 'Опис від другого' });
    await second.context().close();
  });
}

test('what a colleague puts away under an open form is told so, and what was typed is not lost', async ({ page, expectStatus }) => {
  // The record that is gone is asked for at the end.
  expectStatus(404);
  const id = await tag(page, { name: 'Піде в архів' });
  await page.goto(`/settings/tags/${id}`);
  await hydrated(page);
  await about(page).fill('Ще не збережено');
  const archived = await page.request.delete(`/api/v1/settings/tags/${id}`, { headers: { 'if-match': '"r1"' } });
  expect(archived.status()).toBe(204);
  await expect(page.getByText(/запис тепер в архіві/)).toBeVisible();
  await expect(about(page)).toHaveValue('Ще не збережено');

  const other = await tag(page, { name: 'Зникне назавжди', active: false });
  await page.getByRole('button', { name: word('uk', 'reload'), exact: true }).click();
  await page.goto(`/settings/tags/${other}`);
  await hydrated(page);
  await about(page).fill('Лишиться');
  const gone = await page.request.delete(`/api/v1/settings/tags/${other}?forever=1`, { headers: { 'if-match': '"r1"' } });
  expect(gone.status()).toBe(204);
  await expect(page.getByText(/запис видалено назавжди/)).toBeVisible();
  await page.getByRole('button', { name: word('uk', 'news_anew') }).click();
  await expect(saved(page)).toBeVisible();
  await expect(page).toHaveURL((url) => /\/settings\/tags\/\d+$/.test(url.pathname) && !url.pathname.endsWith(`/${other}`));
  await expect(about(page)).toHaveValue('Лишиться');
  expect((await page.request.get(`/api/v1/settings/tags/${other}`)).status()).toBe(404);
});
