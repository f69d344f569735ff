// The change log: of one section, and every record of a long change.

import { axe, expect, hydrated, noOverflow, shot, test } from './fixture.ts';
import { section, word } from './speech.ts';

test('changes are read by section, and a long one unfolds', async ({ page }) => {
  const names = Array.from({ length: 6 }, (_, n) => `Журнальний ${n + 1}`);
  const operations = names.map((name) => ({ op: 'create', section: 'tags', value: { name } }));
  const made = await page.request.post('/api/v1/commits', { data: { note: 'Шість разом', operations } });
  expect(made.status(), await made.text()).toBe(200);
  await page.request.post('/api/v1/settings/reply-categories', { data: { name: { uk: 'Журнальна категорія' } } });

  await page.goto('/changes');
  await hydrated(page);
  await expect(page.getByRole('link', { name: /Журнальна категорія/ })).toBeVisible();
  await page.getByRole('combobox', { name: word('uk', 'changes_section') }).selectOption({ label: section('uk', 'tags') });
  await expect(page).toHaveURL(/\/changes\?section=tags$/);
  await expect(page.getByRole('link', { name: /Журнальна категорія/ })).toHaveCount(0);

  const item = page.locator('.timeline__item').filter({ hasText: 'Шість разом' });
  const last = item.getByRole('link', { name: /Журнальний 6/ });
  await expect(last).toBeHidden();
  await item.getByText(word('uk', 'and_n_more', { n: '2' })).click();
  await expect(last).toBeVisible();
  await axe(page);
  for (const width of [1440, 320]) {
    await page.setViewportSize({ width, height: 900 });
    await noOverflow(page);
    await shot(page, `changes-section-${width}`);
  }
  // A link to it opens the same.
  await page.reload();
  await hydrated(page);
  await expect(page.getByRole('combobox', { name: word('uk', 'changes_section') })).toHaveValue('tags');
});
