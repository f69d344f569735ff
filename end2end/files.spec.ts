// Rules for files: edited in a table and as JSON, tried on real bytes before they are saved, and held by the server after.

import type { Page } from '@playwright/test';
import { axe, expect, hydrated, noOverflow, reads, shot, tabTo, test } from './fixture.ts';

const hex = (digits: string, tail = 0) => Buffer.concat([Buffer.from(digits, 'hex'), Buffer.alloc(tail)]);
const png = hex('89504e470d0a1a0a0000000d49484452');
/** The beginning of a program of Windows. */
const program = hex('4d5a90000300000004000000', 200);

const file = (name: string, mimeType: string, buffer: Buffer) => ({ name, mimeType, buffer });

async function open(page: Page, query = '') {
  await page.goto(`/settings/files${query}`);
  await hydrated(page);
}

/** The rule of an extension. */
const rule = (page: Page, extension: string) =>
  page.locator('.rules__rule').filter({ has: page.locator(`input[aria-label$=": .${extension}"]`) });

/** Tries files on the bench; answers the newest result. */
async function tried(page: Page, ...files: ReturnType<typeof file>[]) {
  await page.getByLabel(/^Перетягніть сюди файли/).setInputFiles(files);
  return page.locator('.tried__file').first();
}

/** Saves, and confirms what the save is said to do. */
async function save(page: Page, told?: string | RegExp) {
  await page.keyboard.press('Control+s');
  if (told) {
    const ask = page.getByRole('dialog').filter({ hasText: told });
    await expect(ask).toBeVisible();
    await ask.getByRole('button', { name: 'Зберегти' }).click();
  }
  await expect(page.locator('.toast').filter({ hasText: 'Збережено' }).first()).toBeVisible();
}

/** What the server says of a file by the rules that are saved. */
async function judged(page: Page, name: string, type: string, data: Buffer) {
  const query = new URLSearchParams({ name, type });
  return (await page.request.post(`/api/v1/check/file?${query}`, { data })).json();
}

test.describe.configure({ mode: 'serial' });

test('an extension is added, tried and saved; renamed programs are refused under any name', async ({ page }) => {
  await open(page);
  const drawing = file('план.dwg', 'application/acad', Buffer.from('AC1032 drawing'));
  const result = await tried(page, drawing);
  await expect(result).toContainText('Відхиляється');
  await expect(result).toContainText('Розширення .dwg немає в списку');

  await page.getByRole('button', { name: 'Додати розширення' }).click();
  const fresh = page.locator('.rules__rule').last();
  await expect(fresh.getByRole('textbox', { name: /^Розширення/ })).toBeFocused();
  // As people write it: a dot, capitals.
  await page.keyboard.type('.DWG');
  await page.keyboard.press('Tab');
  await expect(fresh.getByRole('textbox', { name: 'Розширення: .dwg' })).toHaveValue('dwg');
  await page.keyboard.type('AutoCAD');
  await page.keyboard.press('Tab');
  await page.keyboard.type('application/acad, image/vnd.dwg');

  // The bench judges by what is not saved yet; the server still by what is.
  await expect(result).toContainText('Приймається');
  await expect(result).toContainText('.dwg AutoCAD');
  expect(await judged(page, 'план.dwg', 'application/acad', drawing.buffer)).toMatchObject({ code: 'file_not_listed' });
  await save(page, /Почне прийматися 1 розширення: dwg/);
  expect(await judged(page, 'план.dwg', 'application/acad', drawing.buffer)).toMatchObject({ accepted: true });

  for (const [name, type, bytes, why] of [
    ['фото.png', 'image/png', png, 'не суперечать'],
    ['рахунок.pdf', 'application/pdf', program, 'Вміст файлу — програма'],
    ['малюнок.dwg', 'application/acad', program, 'Вміст файлу — програма'],
    ['фото.jpg', 'image/jpeg', png, 'має бути JPEG, а його вміст — PNG'],
    ['фото.png', 'text/html', png, 'text/html не відповідає розширенню .png'],
    ['setup.exe', '', program, 'запускає програму'],
    ['знак.svg', 'image/svg+xml', Buffer.from('<svg onload="alert(1)"/>'), 'скрипт'],
    ['лист', '', Buffer.from('Вітаю'), 'не має розширення'],
    ['порожній.txt', 'text/plain', Buffer.alloc(0), 'порожній'],
    ['архів.zip', 'application/zip', hex('504b0304', 26 * 1024 * 1024), 'дозволено до 25 МБ'],
  ] as const) {
    const result = await tried(page, file(name, type, bytes));
    await expect(result).toContainText(name);
    await expect(result.locator('.tried__why')).toContainText(why);
    await expect(result.locator('.badge')).toHaveText(why === 'не суперечать' ? 'Приймається' : 'Відхиляється');
  }
  await axe(page);
});

test('the bench follows the rules as they are changed, and leads to them', async ({ page }) => {
  await open(page);
  const result = await tried(page, file('фото.png', 'image/png', png));
  await expect(result).toContainText('Приймається');
  await rule(page, 'png').getByRole('switch').uncheck();
  await expect(result).toContainText('Розширення .png заборонено');
  await rule(page, 'png').getByRole('switch').check();
  await rule(page, 'png').getByRole('combobox').selectOption('in');
  await expect(result).toContainText('Приймається');
  await page.getByRole('radio', { name: 'Оператор' }).check();
  await expect(result).toContainText('може надсилати лише клієнт');

  // The way to the rule clears what hides it.
  await page.getByRole('searchbox').fill('zip');
  await expect(rule(page, 'zip')).toBeVisible();
  await expect(rule(page, 'png')).toBeHidden();
  await result.getByRole('button', { name: '.png PNG image' }).click();
  await expect(rule(page, 'png').getByRole('textbox', { name: 'Розширення: .png' })).toBeFocused();

  await page.getByRole('button', { name: 'Заборонені', exact: true }).click();
  await expect(rule(page, 'exe')).toContainText('запускає програму');
  await expect(rule(page, 'pdf')).toHaveCount(0);
  await page.getByRole('button', { name: 'Усі', exact: true }).click();
  const first = page.locator('.rules__rule').first().getByRole('textbox', { name: /^Розширення/ });
  await page.getByRole('button', { name: 'Розширення', exact: true }).click();
  await expect(first).toHaveValue('3gp');
  await page.getByRole('button', { name: 'Розширення', exact: true }).click();
  await expect(first).toHaveValue('zip');
  await page.getByRole('button', { name: 'Розширення', exact: true }).click();
  await expect(first).toHaveValue('jpg');
  await page.getByRole('button', { name: 'Відкинути' }).click();
});

test('faults are named where they are: in the row, and at line and column of the JSON', async ({ page }) => {
  await open(page);
  const types = rule(page, 'gif').getByRole('textbox', { name: /^Типи MIME/ });
  await types.fill('image');
  await expect(rule(page, 'gif')).toContainText('Тип має дві частини');
  await expect(types).toHaveAttribute('aria-invalid', 'true');
  await types.fill('image/gif');
  await expect(types).not.toHaveAttribute('aria-invalid', 'true');

  await page.locator('.tabs').getByRole('link', { name: /JSON/ }).click();
  const text = page.getByRole('textbox', { name: 'JSON' });
  await text.click();
  await page.keyboard.press('Control+a');
  const document = {
    max_file_size_mb: 25,
    files: [
      { title: 'WebP image', extension: 'webp', mime_types: ['image/webp'], allow: true },
      { title: 'Again', extension: 'webp', mime_types: [], allow: true, colour: 'blue' },
    ],
  };
  await page.keyboard.insertText(JSON.stringify(document, null, 2));
  const problems = page.locator('.code__problem');
  await expect(problems.filter({ hasText: 'рядок 14:' })).toBeVisible();
  // What is kept without being understood is told of a document that is otherwise right.
  document.files[1]!.extension = 'webm';
  await page.keyboard.press('Control+a');
  await page.keyboard.insertText(JSON.stringify(document, null, 2));
  await expect(problems.filter({ hasText: 'colour' })).toContainText('рядок 17:');
  await page.keyboard.press('Control+a');
  await page.keyboard.insertText('{ "max_file_size_mb": 25, "files": [], }');
  await expect(problems).toContainText('рядок 1:38');
  await page.keyboard.press('Control+a');
  document.files.splice(1, 1);
  await page.keyboard.insertText(JSON.stringify({ ...document, max_file_size_mb: 30 }, null, 2));
  await expect(problems).toHaveCount(0);
  // Both are views of one value.
  await page.locator('.tabs').getByRole('link', { name: 'Форма' }).click();
  await expect(rule(page, 'webp')).toBeVisible();
  await expect(rule(page, 'png')).toBeHidden();
  await expect(page.getByRole('textbox', { name: 'Найбільший розмір файлу, МБ' })).toHaveValue('30');
  await save(page, /більше не прийматимуться/);
  const saved = await (await page.request.get('/api/v1/settings/files')).json();
  expect(saved.value).toEqual({ ...document, max_file_size_mb: 30 });
});

test('two people change different rules at once, and an earlier version comes back', async ({ page, context, expectStatus }) => {
  await open(page);
  const other = await context.newPage();
  await open(other);
  await rule(page, 'webp').getByRole('textbox', { name: /^Межа/ }).fill('20');
  await other.getByRole('textbox', { name: 'Найбільший розмір файлу, МБ' }).fill('12');
  await save(other);
  await expect(page.locator('.bar')).toBeVisible();
  expectStatus(409);
  await save(page);
  // What the other one saved holds, and the smaller limit is the one that counts.
  await expect(page.getByRole('textbox', { name: 'Найбільший розмір файлу, МБ' })).toHaveValue('12');
  await expect(rule(page, 'webp')).toContainText('діє 12');
  const saved = async () => (await (await page.request.get('/api/v1/settings/files')).json()).value;
  await expect.poll(saved).toMatchObject({ max_file_size_mb: 12, files: [{ extension: 'webp', max_mb: 20 }] });
  await other.close();

  await open(page, '?view=history');
  await page.getByRole('button', { name: 'Відновити' }).last().click();
  const ask = page.getByRole('dialog').getByRole('button', { name: /Зберегти|Відновити/ });
  await ask.click();
  await open(page);
  await expect(rule(page, 'exe')).toContainText('запускає програму');
  await expect(page.getByRole('textbox', { name: 'Найбільший розмір файлу, МБ' })).toHaveValue('25');
});

test('the keyboard alone is enough', async ({ page }) => {
  await open(page);
  await page.getByRole('searchbox').focus();
  await page.keyboard.type('7z');
  await expect(rule(page, '7z')).toBeVisible();
  await expect(rule(page, 'png')).toBeHidden();
  // Past the filter, the actions and the headings, through the row.
  const remove = rule(page, '7z').getByRole('button', { name: 'Прибрати: .7z' });
  const allow = rule(page, '7z').getByRole('switch');
  await tabTo(page, allow);
  await page.keyboard.press('Space');
  await expect(allow).not.toBeChecked();
  await page.keyboard.press('Tab');
  await expect(remove).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(rule(page, '7z')).toHaveCount(0);
  await save(page, /1 розширення більше не прийматиметься: 7z/);
});

for (const [language, theme] of [['uk', 'dark'], ['en', 'light']] as const) {
  test(`fits a narrow screen, ${language} ${theme}`, async ({ page, context, pult }) => {
    await reads(context, pult.url, language, theme);
    for (const width of [320, 700, 1440]) {
      await page.setViewportSize({ width, height: 900 });
      await open(page);
      await page.locator('#bench-files').setInputFiles([
        file('a-rather-long-name-of-a-photograph-that-somebody-took-in-the-mountains.png', 'image/png', png),
        file('renamed.pdf', 'application/pdf', program),
      ]);
      await expect(page.locator('.tried__file')).toHaveCount(2);
      await noOverflow(page);
      await axe(page);
      await shot(page, `files.${language}.${theme}.${width}`);
    }
    const outcomes = { uk: ['Відхиляється', 'Приймається'], en: ['Refused', 'Accepted'] }[language];
    await expect(page.locator('.tried__file .badge')).toHaveText(outcomes);
  });
}
