// Records come from a file: first it is shown, row by row, what would happen; then the good rows are written at once.

import type { Page } from '@playwright/test';
import { expect, hydrated, test } from './fixture.ts';
import { word } from './speech.ts';

async function open(page: Page) {
  await page.goto('/settings/tags');
  await hydrated(page);
  await page.getByRole('button', { name: word('uk', 'more_actions') }).first().click();
  await page.getByRole('button', { name: word('uk', 'import'), exact: true }).click();
  const dialog = page.getByRole('dialog', { name: word('uk', 'import') });
  await expect(dialog).toBeVisible();
  return dialog;
}

const names = async (page: Page, q: string) =>
  ((await (await page.request.get('/api/v1/settings/tags', { params: { q } })).json()).rows as { name: string }[]).map((row) => row.name);

test('a CSV file with bad rows', async ({ page }) => {
  await page.request.post('/api/v1/settings/tags', { data: { name: 'Csv відомий', key: 'csv-known' } });
  const dialog = await open(page);
  const long = 'я'.repeat(41);
  const text = `key,name,colour\r\n,Csv новий,#1e8e5a\r\ncsv-known,Csv перейменований,\r\n,"Csv зламаний",червоний\r\n,${long},\r\n`;
  await dialog.getByLabel(word('uk', 'import_file')).setInputFiles({ name: 'теги.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });

  await expect(dialog.getByText('Додасться 1')).toBeVisible();
  await expect(dialog.getByText('Зміниться 1')).toBeVisible();
  await expect(dialog.getByText('Відхилено 2')).toBeVisible();
  // What is refused stands first, with its line and the reason.
  const first = dialog.getByRole('row').nth(1);
  await expect(first).toContainText('4');
  await expect(first).toContainText('Csv зламаний');
  await expect(first).toContainText('colour: ');
  await expect(dialog.getByRole('row').nth(2)).toContainText('name: ');
  expect(await names(page, 'Csv'), 'nothing is written yet').toEqual(['Csv відомий']);

  await dialog.getByRole('button', { name: 'Імпортувати 2 записи' }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('status').filter({ hasText: 'Імпортовано 2 записи' }).first()).toBeVisible();
  await expect(page.getByRole('row', { name: /Csv новий/ })).toBeVisible();
  expect((await names(page, 'Csv')).sort()).toEqual(['Csv новий', 'Csv перейменований']);
  // All of it is one change.
  await page.getByRole('button', { name: word('uk', 'undo') }).click();
  await expect.poll(() => names(page, 'Csv')).toEqual(['Csv відомий']);
});

test('a JSON text with bad rows, pasted', async ({ page, expectStatus }) => {
  // A text that is no JSON is refused as a whole.
  expectStatus(422);
  const dialog = await open(page);
  await dialog.getByLabel(word('uk', 'import_paste')).fill('[{"name": "Json');
  await dialog.getByRole('radio', { name: 'JSON' }).check();
  await dialog.getByRole('button', { name: word('uk', 'import_check') }).click();
  await expect(dialog.locator('.notice--error, .report__row--refused').first()).toBeVisible();
  const back = dialog.getByRole('button', { name: word('uk', 'back'), exact: true });
  if (await back.isVisible()) await back.click();

  const rows = [{ name: 'Json добрий', group: 'Група' }, { name: 'Json зайвий', nmae: 1 }, { name: '' }, 7];
  await dialog.getByLabel(word('uk', 'import_paste')).fill(JSON.stringify(rows));
  await dialog.getByRole('button', { name: word('uk', 'import_check') }).click();
  await expect(dialog.getByText('Додасться 1')).toBeVisible();
  await expect(dialog.getByText('Відхилено 3')).toBeVisible();
  await dialog.getByRole('button', { name: 'Імпортувати 1 запис' }).click();
  await expect(page.getByRole('row', { name: /Json добрий/ })).toBeVisible();
  await expect.poll(() => names(page, 'Json')).toEqual(['Json добрий']);
});

test('a table in the encoding of Ukrainian spreadsheets is read, and its first row is not covered', async ({ page }) => {
  const dialog = await open(page);
  // «Їжа» and «Ґанок» in windows-1251.
  const buffer = Buffer.from([...Buffer.from('name\r\n'), 0xaf, 0xe6, 0xe0, 13, 10, 0xa5, 0xe0, 0xed, 0xee, 0xea, 13, 10]);
  await dialog.getByLabel(word('uk', 'import_file')).setInputFiles({ name: 'теги.csv', mimeType: 'text/csv', buffer });
  const first = dialog.getByRole('row').nth(1);
  await expect(first).toContainText('Їжа');
  await expect(dialog.getByRole('row').nth(2)).toContainText('Ґанок');
  const head = await dialog.getByRole('columnheader').first().boundingBox();
  expect((await first.boundingBox())!.y).toBeGreaterThanOrEqual(Math.floor(head!.y + head!.height) - 1);
});
