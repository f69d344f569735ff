// Without JavaScript every page can be read; search, filters, paging, set-up, sign-in, sign-out, language and theme work.

import { expect, owner, shot, signedOut, test } from './fixture.ts';
import { section, word } from './speech.ts';

test.use({ javaScriptEnabled: false });

test.describe('a stranger', () => {
  test.use({ storageState: signedOut });

  test('set-up, sign-out, sign-in, and each refusal in words', async ({ fresh, page }) => {
    await page.goto(fresh.setupLink);
    const fill = async (password: string, repeat: string) => {
      await page.getByLabel(word('uk', 'first_name')).fill(owner.firstName);
      await page.getByLabel(word('uk', 'last_name')).fill(owner.lastName);
      await page.getByLabel(word('uk', 'email')).fill(owner.email);
      await page.getByLabel(word('uk', 'password'), { exact: true }).fill(password);
      await page.getByLabel(word('uk', 'repeat_password')).fill(repeat);
      await page.getByRole('button', { name: word('uk', 'create_account') }).click();
    };
    await fill(owner.password, 'інший пароль, на жаль');
    await expect(page.getByText('Паролі не збігаються')).toBeVisible();
    await fill('короткий', 'короткий');
    await expect(page.getByText('Пароль закороткий: щонайменше 12 знаків')).toBeVisible();
    await fill(owner.password, owner.password);
    await page.waitForURL(/\/settings$/);
    await expect(page.locator('noscript.notice')).toBeVisible();

    // The link is dead now, and says so before anything is filled in.
    await page.goto(fresh.setupLink);
    await expect(page.getByText('Посилання вже використане або застаріле')).toBeVisible();
    await expect(page.getByRole('textbox')).toHaveCount(0);
    await page.goto(`${fresh.url}/password/ніколи-не-було`);
    await expect(page.getByText('Посилання вже використане або застаріле')).toBeVisible();
    await expect(page.locator('input')).toHaveCount(0);

    await page.goto(`${fresh.url}/settings`);
    await page.getByRole('button', { name: new RegExp(word('uk', 'my_account')) }).click();
    await page.getByRole('button', { name: word('uk', 'sign_out') }).click();
    await page.waitForURL(/\/sign-in/);
    await page.goto(`${fresh.url}/settings/tags?q=x`);
    await page.waitForURL(/\/sign-in\?next=/);
    await page.getByLabel(word('uk', 'email')).fill(owner.email);
    await page.getByLabel(word('uk', 'password')).fill('зовсім не той пароль');
    await page.getByRole('button', { name: word('uk', 'sign_in') }).click();
    await expect(page.getByText('не підходять')).toBeVisible();
    await page.getByLabel(word('uk', 'email')).fill(owner.email);
    await page.getByLabel(word('uk', 'password')).fill(owner.password);
    await page.getByRole('button', { name: word('uk', 'sign_in') }).click();
    // Back to where the person wanted to go, wrong password or not.
    await page.waitForURL(/\/settings\/tags\?q=x$/);
  });
});

test('search, filters, order and paging are links and GET forms', async ({ page }) => {
  const value = (n: number) => ({ name: `Безскриптовий ${String(n).padStart(2, '0')}`, group: 'Група', active: n !== 7 });
  const operations = Array.from({ length: 60 }, (_, n) => ({ op: 'create', section: 'tags', value: value(n) }));
  const made = await page.request.post('/api/v1/commits', { data: { note: '', operations, accept: ['*'], dry_run: false } });
  expect(made.ok(), await made.text()).toBe(true);

  await page.goto('/settings/tags');
  await page.getByRole('searchbox').fill('Безскриптовий');
  await page.keyboard.press('Enter');
  await page.waitForURL(/q=/);
  await expect(page.getByRole('row')).toHaveCount(51);
  await page.getByRole('link', { name: word('uk', 'pager_next') }).click();
  await expect(page.getByRole('row')).toHaveCount(11);
  await page.getByRole('link', { name: 'Назва', exact: true }).click();
  await page.waitForURL(/sort=/);
  await page.getByRole('searchbox').fill('Безскриптовий 07');
  await page.getByRole('button', { name: word('uk', 'filter') }).click();
  await expect(page.getByRole('row')).toHaveCount(2);
  await page.getByRole('link', { name: 'Безскриптовий 07' }).click();
  await page.waitForURL(/\/settings\/tags\/\d+/);
  await expect(page.getByRole('heading', { level: 2, name: 'Безскриптовий 07' })).toBeVisible();
  // Everything can be read and nothing pretends to be editable.
  await expect(page.locator('#main .form :enabled:is(input, textarea, select)')).toHaveCount(0);
  for (const view of ['view_history', 'view_uses'] as const) {
    await page.getByRole('link', { name: word('uk', view) }).click();
    await expect(page.getByRole('heading', { level: 2, name: 'Безскриптовий 07' })).toBeVisible();
  }
});

test('language and theme are posted forms that lead back', async ({ page }) => {
  await page.goto('/settings/tags?sort=-name');
  await page.getByRole('button', { name: word('uk', 'language_other') }).click();
  await page.waitForURL(/\/settings\/tags\?sort=-name$/);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(section('en', 'tags'));
  await page.goto('/account');
  await page.getByRole('button', { name: word('en', 'theme_dark') }).click();
  await page.waitForURL(/\/account$/);
  await expect(page.locator('html')).toHaveCSS('color-scheme', 'dark');
});

for (const path of ['/settings', '/settings/tags', '/settings/tags/new', '/settings/timers', '/settings/roles/1', '/changes', '/account', '/access/keys']) {
  test(`${path} can be read`, async ({ page }) => {
    const answer = await page.goto(path);
    expect(answer?.status()).toBe(200);
    await expect(page.locator('noscript.notice')).toBeVisible();
    await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1);
    await expect(page.getByText(word('uk', 'loading'))).toHaveCount(0);
    await shot(page, `no-script${path.replaceAll('/', '-')}`);
  });
}
