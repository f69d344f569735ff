// The code editor, met in the JSON view of the timers: typing, findings, completion, search, undo, the keyboard's way out.

import type { Page } from '@playwright/test';
import { axe, expect, hydrated, noOverflow, test } from './fixture.ts';

/** The text of the editor, and its counter of unsaved changes. */
async function open(page: Page) {
  await page.goto('/settings/timers?view=json');
  await hydrated(page);
  const text = page.getByRole('textbox', { name: 'JSON' });
  await expect(page.locator('code-editor textarea')).toHaveCount(0);
  return text;
}

test('what cannot be read is shown at its line, in the gutter and below, and leads there', async ({ page }) => {
  const text = await open(page);
  await text.click();
  await page.keyboard.press('Control+End');
  await page.keyboard.type('x');
  const finding = page.locator('.code__problem');
  await expect(finding).toContainText(/рядок \d+:2/);
  await expect(page.locator('.cm-lint-marker-error')).toHaveCount(1);

  await page.keyboard.press('Control+Home');
  await finding.getByRole('button').click();
  await expect(text).toBeFocused();
  await page.keyboard.press('Delete');
  await expect(finding).toHaveCount(0);
});

test('a value is typed, completed, and saved', async ({ page }) => {
  const text = await open(page);
  await text.click();
  await page.keyboard.press('Control+Home');
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  await page.keyboard.type('"operator_t');
  const choices = page.getByRole('listbox', { name: 'Підказки' });
  await expect(choices.getByRole('option')).toContainText([/"operator_then"/, /"operator_timeout"/]);
  await axe(page);
  await page.keyboard.press('Escape');
  // The next press leaves the mode in which Tab moves on, so that Tab is not tried here.
  await page.keyboard.press('Control+z');

  const draft = await text.innerText();
  expect(draft).toContain('"minutes": 30');
  await page.keyboard.press('Control+a');
  await page.keyboard.insertText(draft.replace('"minutes": 30', '"minutes": 31'));
  await page.keyboard.press('Control+s');
  await expect(page.locator('.toast')).toContainText('Збережено');
  const saved = await (await page.request.get('/api/v1/settings/timers')).json();
  expect(saved.value.minutes).toBe(31);
});

test('undo outlives the view', async ({ page }) => {
  const text = await open(page);
  const before = await text.innerText();
  await text.click();
  await page.keyboard.press('Control+a');
  await page.keyboard.insertText(before.replace('"operator_minutes": 5', '"operator_minutes": 7'));
  await expect(page.locator('.save__count')).toBeVisible();
  await page.locator('.tabs').getByRole('link', { name: 'Форма' }).click();
  await expect(text).toHaveCount(0);
  await page.locator('.tabs').getByRole('link', { name: /JSON/ }).click();
  await text.click();
  await page.keyboard.press('Control+z');
  await expect.poll(() => text.innerText()).toBe(before);
});

test('the keyboard finds, and leaves', async ({ page }) => {
  const text = await open(page);
  await text.focus();
  await page.keyboard.press('Control+f');
  const field = page.locator('.cm-search').getByRole('textbox', { name: 'Знайти' });
  await expect(field).toBeFocused();
  await page.keyboard.type('minutes');
  await expect(page.locator('.cm-searchMatch').first()).toBeVisible();
  await axe(page);
  await page.keyboard.press('Escape');
  await expect(text).toBeFocused();
  // Tab writes, unless Escape was pressed before it.
  await page.keyboard.press('Escape');
  await page.keyboard.press('Shift+Tab');
  await expect(text).not.toBeFocused();
  await expect(page.getByRole('button', { name: 'Впорядкувати' })).toBeFocused();
});

for (const theme of ['light', 'dark'] as const) {
  test(`it fits and reads in ${theme}`, async ({ page, context, pult }) => {
    await context.addCookies([{ name: 'pult-theme', value: theme, url: pult.url }]);
    const text = await open(page);
    await text.click();
    await page.keyboard.press('Control+End');
    await page.keyboard.type('x');
    await expect(page.locator('.code__problem')).toHaveCount(1);
    for (const width of [1440, 320]) {
      await page.setViewportSize({ width, height: 900 });
      await axe(page);
      await noOverflow(page);
    }
  });
}

test('without its script it is a plain text field', async ({ page, expectError }) => {
  expectError(/ERR_FAILED .*code-editor\.js/);
  await page.route('**/built/code-editor.js', (route) => route.abort());
  await page.goto('/settings/timers?view=json');
  await hydrated(page);
  const field = page.getByRole('textbox', { name: 'JSON' });
  await field.fill('{ "minutes": }');
  await expect(page.locator('.code__problem')).toContainText('рядок 1:14');
  await page.locator('.code__place').click();
  await expect(field).toBeFocused();
});
