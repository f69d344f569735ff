// A record that others refer to leaves: its uses are shown, another takes its place; two tags become one.

import { axe, expect, hydrated, noOverflow, program, shot, test } from './fixture.ts';
import { label, word } from './speech.ts';

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

test('a tag that dialogs carry says so in the list, at its uses and before it goes', async ({ page, playwright, pult }) => {
  const made = await page.request.post('/api/v1/settings/tags', { data: { name: 'Ужитий у діалогах' } });
  const tag = (await made.json()).id as number;
  const panel = await program(page, playwright, pult.url, 'analyst');
  const data = { count: 1240, last_at: '2026-03-12T08:42:00Z', places: [{ label: 'Діалоги з тегом', url: 'https://panel.example/dialogs?tag=1' }] };
  expect((await panel.put(`/api/v1/settings/tags/${tag}/uses/panel`, { data })).status()).toBe(204);
  await panel.dispose();

  await page.goto('/settings/tags?sort=-used');
  await hydrated(page);
  const row = page.getByRole('row', { name: /Ужитий у діалогах/ });
  await expect(page.getByRole('row').nth(1)).toContainText('Ужитий у діалогах');
  await expect(row).toContainText('1\u00a0240');
  await expect(row).toContainText('12.03.2026, 10:42');
  for (const width of [1440, 320]) {
    await page.setViewportSize({ width, height: 900 });
    await axe(page);
    await noOverflow(page);
    await shot(page, `tags-used-outside.${width}`);
  }
  await page.setViewportSize({ width: 1440, height: 900 });

  await page.goto(`/settings/tags/${tag}`);
  await hydrated(page);
  await page.getByRole('tab', { name: word('uk', 'view_uses') }).or(page.getByRole('link', { name: word('uk', 'view_uses') })).first().click();
  const link = page.getByRole('link', { name: 'Діалоги з тегом' });
  await expect(link).toHaveAttribute('href', 'https://panel.example/dialogs?tag=1');
  await shot(page, 'uses-outside');
  await page.locator('.pane').last().getByRole('button', { name: word('uk', 'more_actions') }).click();
  await page.getByRole('button', { name: word('uk', 'archive'), exact: true }).click();
  const dialog = page.getByRole('dialog', { name: /Архівувати «Ужитий у діалогах»/ });
  await expect(dialog.getByText('1240 використань поза консоллю (panel)')).toBeVisible();
  await dialog.getByRole('button', { name: word('uk', 'archive'), exact: true }).click();
  await expect(page.getByRole('status').filter({ hasText: word('uk', 'archived_done') }).first()).toBeVisible();
});

test('a record that was never in use goes for good, and the list stands in its place', async ({ page }) => {
  await page.request.post('/api/v1/settings/tags', { data: { name: 'Лишається на місці' } });
  const made = await page.request.post('/api/v1/settings/tags', { data: { name: 'Зайвий тег', active: false } });
  const { id } = await made.json();
  await page.goto(`/settings/tags/${id}`);
  await hydrated(page);
  await page.locator('.pane').last().getByRole('button', { name: word('uk', 'more_actions') }).click();
  await page.getByRole('button', { name: word('uk', 'delete_for_good') }).click();
  const dialog = page.getByRole('dialog', { name: word('uk', 'delete_title', { name: 'Зайвий тег' }) });
  await dialog.getByRole('button', { name: word('uk', 'delete_for_good') }).click();
  await expect(page).toHaveURL(/\/settings\/tags$/);
  await expect(page.getByRole('status').filter({ hasText: word('uk', 'deleted') }).first()).toBeVisible();
  await expect(page.getByRole('link', { name: 'Зайвий тег' })).toHaveCount(0);
  // The page goes on working.
  await page.getByRole('searchbox').first().fill('на місці');
  await page.getByRole('link', { name: 'Лишається на місці' }).click();
  await expect(page.getByRole('textbox', { name: label('uk', 'tags', 'name') })).toHaveValue('Лишається на місці');
});
