// The main job, as a person does it: from the printed link to a second browser, an earlier version and REST.

import { createOwner, expect, hydrated, owner, shot, signedOut, test } from './fixture.ts';
import type { Page } from '@playwright/test';

test.use({ storageState: signedOut });

/** What the console says, in each language. */
const words = {
  uk: {
    locale: 'uk-UA', name: 'Назва', newTag: 'Додати', save: 'Зберегти', saved: 'Збережено', history: 'Історія', restore: 'Відновити', timers: 'Використовувати таймер',
    title: 'Назва', text: 'Текст', signIn: 'Увійти', email: 'Електронна пошта', password: 'Пароль',
  },
  en: {
    locale: 'en-GB', name: 'Name', newTag: 'Add', save: 'Save', saved: 'Saved', history: 'History', restore: 'Bring back', timers: 'Use the timer',
    title: 'Title', text: 'Text', signIn: 'Sign in', email: 'E-mail', password: 'Password',
  },
} as const;

const save = (page: Page, word: string) => page.getByRole('button', { name: word, exact: true }).click();

for (const language of ['uk', 'en'] as const) {
  test(`from the first link to REST, ${language}`, async ({ fresh, browser, page, watch }) => {
    const w = words[language];
    // The first administrator, by the printed link.
    await createOwner(page, fresh.setupLink);
    await page.context().addCookies([{ name: 'pult-lang', value: language, url: fresh.url }]);
    await page.goto(`${fresh.url}/settings`);
    await hydrated(page);

    // A tag.
    await page.goto(`${fresh.url}/settings/tags`);
    await hydrated(page);
    await page.getByRole('link', { name: w.newTag, exact: true }).first().click();
    await page.getByRole('textbox', { name: w.name }).fill('Скарга');
    await save(page, w.save);
    await expect(page.getByRole('status').filter({ hasText: w.saved }).first()).toBeVisible();
    await expect(page.getByRole('row', { name: /Скарга/ })).toBeVisible();

    // A second browser, signed in by e-mail and password, sees a change arrive by itself.
    const other = await browser.newContext({ locale: w.locale, baseURL: fresh.url });
    await watch.over(other);
    await other.addCookies([{ name: 'pult-lang', value: language, url: fresh.url }]);
    const second = await other.newPage();
    await second.goto('/sign-in');
    await second.getByLabel(w.email).fill(owner.email);
    await second.getByLabel(w.password).fill(owner.password);
    await second.getByRole('button', { name: w.signIn }).click();
    await second.waitForURL(/\/settings/);
    await second.goto('/settings/tags');
    await hydrated(second);
    await expect(second.getByRole('row', { name: /Скарга/ })).toBeVisible();
    await page.getByRole('textbox', { name: w.name }).fill('Скарга клієнта');
    await save(page, w.save);
    await expect(second.getByRole('row', { name: /Скарга клієнта/ })).toBeVisible();
    await other.close();

    // A category and a reply in it.
    await page.goto(`${fresh.url}/settings/reply-categories/new`);
    await hydrated(page);
    await page.getByRole('textbox', { name: /^uk/ }).first().fill('Вітання');
    await save(page, w.save);
    await expect(page).toHaveURL(/reply-categories\/1/);
    await page.goto(`${fresh.url}/settings/replies/new`);
    await hydrated(page);
    await page.getByRole('textbox', { name: w.title, exact: true }).fill('Вітання');
    await page.getByRole('textbox', { name: /^uk/ }).first().fill('Вітаю, {{client.first_name|клієнте}}!');
    await save(page, w.save);
    await expect(page).toHaveURL(/replies\/1/);

    // Timers.
    await page.goto(`${fresh.url}/settings/timers`);
    await hydrated(page);
    await page.getByRole('switch', { name: w.timers }).check();
    await save(page, w.save);
    await expect(page.getByRole('status').filter({ hasText: w.saved }).first()).toBeVisible();

    // An earlier version of the tag comes back.
    await page.goto(`${fresh.url}/settings/tags/1?view=history`);
    await hydrated(page);
    await page.getByRole('button', { name: w.restore }).last().click();
    const confirm = page.getByRole('dialog').getByRole('button', { name: w.restore });
    if (await confirm.count()) await confirm.click();
    await expect(page.getByRole('row', { name: /Скарга$|Скарга /, exact: false }).first()).toBeVisible();
    await shot(page, `story-${language}`);

    // All of it over REST.
    const read = async (path: string) => (await page.request.get(`${fresh.url}/api/v1${path}`)).json();
    await expect.poll(async () => (await read('/settings/tags/1')).value.name).toBe('Скарга');
    expect((await read('/settings/tags/1')).revision).toBe(3);
    expect((await read('/settings/replies/1')).value.text.uk).toContain('{{client.first_name');
    expect((await read('/settings/timers')).value.use_timer).toBe(true);
  });
}
