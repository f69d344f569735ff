// The main job by keyboard alone: from the printed link to a second browser, an earlier version, REST and signing out.

import type { Page } from '@playwright/test';
import { expect, hydrated, owner, signedOut, tabTo, test } from './fixture.ts';
import { label, languages, one, section, word } from './speech.ts';

test.use({ storageState: signedOut });

/** Finds something with the palette and chooses the first answer. */
async function find(page: Page, words: string, answer: RegExp | string) {
  await page.keyboard.press('Control+K');
  const box = page.getByRole('combobox', { name: /^(Знайти|Find)$/ });
  await expect(box).toBeFocused();
  await page.keyboard.type(words);
  const first = page.locator('#palette-results').getByRole('option', { selected: true });
  await expect(first).toContainText(answer);
  await page.keyboard.press('Enter');
  await expect(box).toBeHidden();
}

for (const language of languages) {
  test(`the main job by keyboard, ${language}`, async ({ fresh, browser, page, watch, expectStatus }) => {
    const w = (key: string, params?: Record<string, string>) => word(language, key, params);
    const saved = (of: Page) => of.getByRole('status').filter({ hasText: w('saved') }).first();
    await page.context().addCookies([{ name: 'pult-lang', value: language, url: fresh.url }]);

    // The first administrator: the form begins with the focus in its first field.
    await page.goto(fresh.setupLink);
    await hydrated(page);
    await expect(page.getByLabel(w('first_name'))).toBeFocused();
    for (const text of [owner.firstName, owner.lastName, owner.email, owner.password, owner.password]) {
      await page.keyboard.type(text);
      await page.keyboard.press('Tab');
    }
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/settings$/);
    await hydrated(page);

    // A tag.
    await find(page, section(language, 'tags'), section(language, 'tags'));
    await expect(page).toHaveURL(/\/settings\/tags$/);
    await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
    await tabTo(page, page.getByRole('link', { name: w('add'), exact: true }));
    await page.keyboard.press('Enter');
    await expect(page.locator('#record-title')).toBeFocused();
    await tabTo(page, page.getByRole('textbox', { name: label(language, 'tags', 'name') }));
    await page.keyboard.type('Скарга');
    await page.keyboard.press('Control+S');
    await expect(saved(page)).toBeVisible();
    await expect(page).toHaveURL(/\/settings\/tags\/1$/);

    // A second browser sees the next change arrive by itself.
    const other = await browser.newContext({ baseURL: fresh.url });
    await watch.over(other);
    await other.addCookies([{ name: 'pult-lang', value: language, url: fresh.url }]);
    const second = await other.newPage();
    await second.goto('/sign-in');
    await expect(second.getByLabel(w('email'))).toBeFocused();
    await second.keyboard.type(owner.email);
    await second.keyboard.press('Tab');
    await second.keyboard.type(owner.password);
    await second.keyboard.press('Enter');
    await second.waitForURL(/\/settings/);
    await hydrated(second);
    await find(second, section(language, 'tags'), section(language, 'tags'));
    await expect(second.getByRole('row', { name: /Скарга/ })).toBeVisible();
    await tabTo(page, page.getByRole('textbox', { name: label(language, 'tags', 'name') }));
    await page.keyboard.press('End');
    await page.keyboard.type(' клієнта');
    await page.keyboard.press('Control+S');
    await expect(second.getByRole('row', { name: /Скарга клієнта/ })).toBeVisible();
    await other.close();

    // A reply with a variable.
    await find(page, w('add_one', { one: one(language, 'replies') }), one(language, 'replies'));
    await expect(page).toHaveURL(/\/settings\/replies\/new$/);
    await tabTo(page, page.getByRole('textbox', { name: label(language, 'replies', 'title'), exact: true }));
    await page.keyboard.type('Вітання');
    await tabTo(page, page.getByRole('textbox', { name: /^uk/ }).first());
    await page.keyboard.type('Вітаю, {{client.first_name|клієнте}}!');
    await page.keyboard.press('Control+S');
    await expect(page).toHaveURL(/\/settings\/replies\/1$/);

    // Timers: a single setting, found by its key; its page opens with the focus on it.
    await find(page, 'use_timer', label(language, 'timers', 'use_timer'));
    await expect(page).toHaveURL(/\/settings\/timers/);
    await expect(page.getByRole('switch', { name: label(language, 'timers', 'use_timer') })).toBeFocused();
    await page.keyboard.press('Space');
    await page.keyboard.press('Control+S');
    await expect(page.getByRole('switch', { name: label(language, 'timers', 'use_timer') })).toBeChecked();
    await expect(page.getByRole('button', { name: w('save'), exact: true })).toBeDisabled();

    // An earlier version of the tag comes back.
    await find(page, 'Скарга клієнта', 'Скарга клієнта');
    await expect(page).toHaveURL(/\/settings\/tags\/1$/);
    await tabTo(page, page.getByRole('link', { name: w('view_history') }));
    await page.keyboard.press('Enter');
    await tabTo(page, page.getByRole('button', { name: w('restore_version') }).last());
    await page.keyboard.press('Enter');
    await expect(page.getByRole('row', { name: /Скарга(?! клієнта)/ })).toBeVisible();

    // All of it over REST.
    const read = async (path: string) => (await page.request.get(`${fresh.url}/api/v1${path}`)).json();
    expect((await read('/settings/tags/1')).value.name).toBe('Скарга');
    expect((await read('/settings/replies/1')).value.text.uk).toContain('{{client.first_name');
    expect((await read('/settings/timers')).value.use_timer).toBe(true);

    // And out; what the palette has asked meanwhile may come after that.
    expectStatus(401);
    await find(page, w('sign_out'), w('sign_out'));
    await page.waitForURL(/\/sign-in/);
  });
}
