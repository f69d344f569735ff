// A record that others refer to leaves: its uses are shown, another takes its place; two tags become one.

import { expect, hydrated, test } from './fixture.ts';
import { word } from './speech.ts';

test('a used record goes once another takes its place', async ({ page, expectStatus }) => {
  // The rehearsal without a successor is refused, by design.
  expectStatus(422);
  const make = async (section: string, data: object) => (await (await page.request.post(`/api/v1/settings/${section}`, { data })).json()).id as number;
  const old = await make('reply-categories', { name: { uk: 'Стара категорія' } });
  const next = await make('reply-categories', { name: { uk: 'Нова категорія' } });
  const reply = await make('replies', { title: 'Відповідь зі старої', text: { uk: 'Так' }, category: old });

  await page.goto(`/settings/reply-categories/${old}`);
  await hydrated(page);
  await page.locator('.pane').last().getByRole('button', { name: word('uk', 'more_actions') }).click();
  await page.getByRole('button', { name: word('uk', 'archive'), exact: true }).click();
  const dialog = page.getByRole('dialog', { name: /Архівувати «Стара категорія»/ });
  await expect(dialog.getByRole('link', { name: 'Відповідь зі старої' })).toBeVisible();
  const run = dialog.getByRole('button', { name: word('uk', 'archive'), exact: true });
  await expect(run).toBeDisabled();
  await dialog.getByRole('combobox', { name: word('uk', 'replace_by') }).fill('Нова');
  await dialog.getByRole('option', { name: /Нова категорія/ }).click();
  await expect(run).toBeEnabled();
  await run.click();
  await expect(page.getByRole('status').filter({ hasText: word('uk', 'archived_done') }).first()).toBeVisible();

  const read = async (path: string) => (await page.request.get(`/api/v1/settings/${path}`)).json();
  expect((await read(`replies/${reply}`)).value.category).toBe(next);
  expect((await read(`reply-categories/${old}`)).archived).toBe(true);
  // One commit: taken back, both stand as before.
  await page.getByRole('button', { name: word('uk', 'undo') }).click();
  await expect.poll(async () => (await read(`reply-categories/${old}`)).archived).toBe(false);
  expect((await read(`replies/${reply}`)).value.category).toBe(old);
});

test('two tags become one', async ({ page }) => {
  const make = async (name: string) => (await (await page.request.post('/api/v1/settings/tags', { data: { name } })).json()).id as number;
  const twin = await make('Повернення кошту');
  const kept = await make('Повернення коштів');
  await page.goto(`/settings/tags/${twin}`);
  await hydrated(page);
  await page.locator('.pane').last().getByRole('button', { name: word('uk', 'more_actions') }).click();
  await page.getByRole('button', { name: word('uk', 'merge_with') }).click();
  const dialog = page.getByRole('dialog', { name: word('uk', 'merge_with_title', { name: 'Повернення кошту' }) });
  const run = dialog.getByRole('button', { name: word('uk', 'merge_with_run'), exact: true });
  await expect(dialog.getByText(word('uk', 'merge_with_text'))).toBeVisible();
  await expect(run).toBeDisabled();
  await dialog.getByRole('combobox', { name: word('uk', 'merge_with_into') }).fill('коштів');
  await dialog.getByRole('option', { name: /Повернення коштів/ }).click();
  await run.click();
  await expect(page.getByRole('status').filter({ hasText: word('uk', 'merge_with_done') }).first()).toBeVisible();
  const read = async (id: number) => (await page.request.get(`/api/v1/settings/tags/${id}`)).json();
  expect((await read(twin)).archived).toBe(true);
  expect((await read(kept)).archived).toBe(false);
});
