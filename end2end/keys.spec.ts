// API keys: made on a page, shown once, used over REST, revoked.

import { axe, expect, hydrated, noOverflow, shot, test } from './fixture.ts';
import { word } from './speech.ts';

test('a key is made, shown once, used and revoked', async ({ page, playwright, pult, expectStatus }) => {
  // What is missing is said at its field.
  expectStatus(422);
  await page.goto('/settings');
  await hydrated(page);
  await page.getByRole('navigation').getByRole('link', { name: word('uk', 'api_keys') }).click();
  await expect(page).toHaveURL(/\/access\/keys$/);
  await expect(page.getByRole('heading', { level: 1, name: word('uk', 'api_keys') })).toBeVisible();
  const create = page.getByRole('button', { name: word('uk', 'key_create') });
  await create.click();
  await expect(page.locator('#key-name-problem')).toBeVisible();
  await expect(page.locator('#key-role-problem')).toBeVisible();

  await page.getByLabel(word('uk', 'key_name'), { exact: true }).fill('CRM відділу продажів');
  await page.getByLabel(word('uk', 'key_role'), { exact: true }).selectOption({ label: 'Аналітик' });
  await page.getByLabel(word('uk', 'key_expires')).fill('2099-12-31');
  await create.click();
  const dialog = page.getByRole('dialog', { name: word('uk', 'key_made', { name: 'CRM відділу продажів' }) });
  const secret = await dialog.getByLabel(word('uk', 'key_secret')).inputValue();
  expect(secret).toMatch(/^pult_/);
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  const row = page.getByRole('row', { name: /CRM відділу продажів/ });
  await expect(row).toContainText(word('uk', 'key_works'));
  await page.reload();
  await hydrated(page);
  expect(await page.content()).not.toContain(secret);

  const program = await playwright.request.newContext({ extraHTTPHeaders: { authorization: `Bearer ${secret}` } });
  expect((await program.get(`${pult.url}/api/v1/settings`)).status()).toBe(200);
  for (const width of [1440, 320]) {
    await page.setViewportSize({ width, height: 900 });
    await axe(page);
    await noOverflow(page);
    await shot(page, `access-keys.${width}`);
  }
  await page.setViewportSize({ width: 1440, height: 900 });
  await row.getByRole('button', { name: word('uk', 'key_revoke_of', { name: 'CRM відділу продажів' }) }).click();
  const question = page.getByRole('dialog', { name: word('uk', 'key_revoke_title', { name: 'CRM відділу продажів' }) });
  await question.getByRole('button', { name: word('uk', 'key_revoke'), exact: true }).click();
  await expect(row).toContainText(word('uk', 'key_revoked'));
  expect((await program.get(`${pult.url}/api/v1/settings`)).status()).toBe(401);
  await program.dispose();
});
