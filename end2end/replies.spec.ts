// The editor of a quick reply and the directory around it, as an administrator works with them.

import type { Browser, Page } from '@playwright/test';
import { axe, expect, hydrated, noOverflow, type Pult, reads, signedOut, signIn, test } from './fixture.ts';
import { word } from './speech.ts';

/** Makes a record over REST; answers its id. */
async function make(page: Page, section: string, value: object): Promise<number> {
  const answer = await page.request.post(`/api/v1/settings/${section}`, { data: value });
  expect(answer.status(), await answer.text()).toBe(201);
  return (await answer.json()).id;
}

const reply = (title: string, text: Record<string, string>, more: object = {}) => ({ title, text, ...more });
const read = async (page: Page, id: number) => (await page.request.get(`/api/v1/settings/replies/${id}`)).json();
const open = async (page: Page, id: number | string) => {
  await page.goto(`/settings/replies/${id}`);
  await hydrated(page);
};
const uk = (page: Page) => page.getByRole('textbox', { name: /^uk/ }).first();
const en = (page: Page) => page.getByRole('textbox', { name: /^en/ }).first();
const preview = (page: Page, language: string) => page.getByRole('group', { name: `Перегляд: ${language}` }).first();
const save = async (page: Page) => {
  await page.getByRole('button', { name: 'Зберегти', exact: true }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Збережено' }).first()).toBeVisible();
};

test('a reply is written, tried and saved by keyboard alone', async ({ page }) => {
  await open(page, 'new');
  await page.getByRole('textbox', { name: 'Назва', exact: true }).focus();
  await page.keyboard.type('Вітання нового клієнта');
  await uk(page).focus();
  await page.keyboard.type('Вітаю, {{імʼя клі');
  const list = page.getByRole('listbox', { name: 'Вставити змінну' });
  await expect(list.getByRole('option')).toContainText(['Ім’я клієнта', 'Повне ім’я клієнта']);
  await expect(list.getByRole('option').first()).toContainText('Олена');
  await page.keyboard.press('Enter');
  // It may be empty, so what stands in for it is asked for.
  await expect(page.getByRole('textbox', { name: 'Запасний текст' })).toBeFocused();
  await page.keyboard.type('клієнте');
  await page.keyboard.press('Enter');
  await expect(uk(page)).toBeFocused();
  await page.keyboard.type('! Напишіть {{?');
  await expect(page.getByRole('textbox', { name: 'Що впише оператор' })).toBeFocused();
  await page.keyboard.type('номер замовлення');
  await page.keyboard.press('Enter');
  await page.keyboard.type('. {{|');
  await expect(uk(page)).toHaveValue('Вітаю, {{client.first_name|клієнте}}! Напишіть {{?номер замовлення}}. {{|}}');

  const bubble = preview(page, 'українська');
  await expect(bubble).toContainText('Вітаю, Олена! Напишіть [номер замовлення].');
  await expect(bubble.getByRole('img', { name: 'тут стане курсор' })).toHaveCount(1);
  await page.getByRole('button', { name: 'без даних' }).press('Enter');
  await expect(bubble).toContainText('Вітаю, клієнте! Напишіть [номер замовлення].');
  await page.keyboard.press('Control+s');
  await expect(page).toHaveURL(/\/settings\/replies\/\d+/);
});

test('an unknown variable is shown at its place and corrected with one click, and undo takes that back', async ({ page }) => {
  const id = await make(page, 'replies', reply('Номер', { uk: 'Ваш номер' }));
  await open(page, id);
  await uk(page).fill('Ваш номер {{dialog.idd}}, чекайте');
  const mistake = page.getByRole('listitem').filter({ hasText: 'Рядок 1, знак 13: немає змінної «dialog.idd»' });
  await expect(mistake).toHaveCount(1);
  await expect(page.locator('.template__mistake')).toHaveText('dialog.idd');
  await expect(page.locator('.template__mistake')).toHaveCSS('text-decoration-style', 'wavy');
  await expect(uk(page)).toHaveAttribute('aria-invalid', 'true');
  await mistake.getByRole('button', { name: /Рядок 1/ }).click();
  expect(await uk(page).evaluate((area: HTMLTextAreaElement) => area.value.slice(area.selectionStart, area.selectionEnd))).toBe('dialog.idd');
  await mistake.getByRole('button', { name: 'Замінити на «dialog.id»' }).click();
  await expect(uk(page)).toHaveValue('Ваш номер {{dialog.id}}, чекайте');
  await expect(page.locator('.mistakes__one')).toHaveCount(0);
  await page.keyboard.press('Control+z');
  await expect(uk(page)).toHaveValue('Ваш номер {{dialog.idd}}, чекайте');
  await page.keyboard.press('Control+Shift+z');
  await expect(preview(page, 'українська')).toContainText('Ваш номер 10245, чекайте');
  await save(page);
});

test('a translation goes stale with its source, and is confirmed or written anew', async ({ page }) => {
  const id = await make(page, 'replies', reply('Дякую', { uk: 'Дякую', en: 'Thank you' }));
  await open(page, id);
  const stale = page.getByText('застарілий переклад');
  await expect(stale).toHaveCount(0);
  await uk(page).fill('Щиро дякую');
  await expect(stale).toHaveCount(1);
  await uk(page).fill('Дякую');
  await expect(stale).toHaveCount(0);
  await uk(page).fill('Щиро дякую');
  await save(page);
  await page.reload();
  await hydrated(page);
  await expect(stale).toHaveCount(1);
  await page.getByRole('button', { name: 'Позначити звіреним: англійська' }).click();
  await expect(stale).toHaveCount(0);
  await save(page);
  expect((await read(page, id)).value.text.en).toBe('Thank you');
  await page.reload();
  await hydrated(page);
  await expect(uk(page)).toHaveValue('Щиро дякую');
  await expect(stale).toHaveCount(0);
});

test('a channel gets a text of its own where the common one does not fit', async ({ page }) => {
  const id = await make(page, 'replies', reply('Довга', { uk: 'Це дуже довгий текст. '.repeat(40).trim() }));
  await open(page, id);
  const fits = page.getByRole('list', { name: 'Чи вміщується текст у каналах' });
  const sms = fits.getByRole('listitem').filter({ hasText: 'SMS' });
  await expect(sms).toContainText('14 / 10 сегментів');
  await expect(fits.getByRole('listitem').filter({ hasText: 'Telegram' })).toContainText('879 / 4096');
  await expect(fits.getByRole('listitem').filter({ hasText: 'Instagram' })).toContainText(/1\d{3} \/ 1000 байтів/);
  await sms.getByRole('button', { name: 'Окремий текст: SMS' }).click();
  await expect(sms).toContainText('окремий текст');
  const own = page.getByRole('textbox', { name: /^uk/ }).nth(1);
  await expect(page.getByText('14 з 10 сегментів')).toBeVisible();
  await own.fill('Коротко');
  await expect(page.getByText('1 з 10 сегментів')).toBeVisible();
  await expect(page.getByText('у сегменті лишилося 63 знаки; через «К» у сегменті 67–70 знаків замість 153–160')).toBeVisible();
  await own.fill('OK');
  await expect(page.getByText('у сегменті лишилося 158 знаків')).toBeVisible();
  await save(page);
  expect((await read(page, id)).value.channels[0]).toMatchObject({ channel: 'sms', text: { uk: 'OK' } });
});

test('a file goes with a reply, and comes back whole', async ({ page }) => {
  const id = await make(page, 'replies', reply('З файлом', { uk: 'Дивіться вкладення' }));
  await open(page, id);
  await page.locator('.attachments input[type=file]').setInputFiles({ name: 'ціни.txt', mimeType: 'text/plain', buffer: Buffer.from('Доставка: 60 грн') });
  await expect(page.locator('.attached').getByRole('link', { name: 'ціни.txt' })).toBeVisible();
  await save(page);
  const [file] = (await read(page, id)).value.attachments;
  expect(file).toMatchObject({ name: 'ціни.txt', type: 'text/plain' });
  const sent = await page.request.get(`/api/v1/blobs/${file.hash}`);
  expect(await sent.text()).toBe('Доставка: 60 грн');
});

test('the audience is said in words', async ({ page }) => {
  const category = await make(page, 'reply-categories', { name: { uk: 'Закрита' }, active: false });
  const id = await make(page, 'replies', reply('Для всіх', { uk: 'Текст' }));
  await open(page, id);
  await expect(page.getByText('Її бачать усі оператори.')).toBeVisible();
  await page.getByRole('radio', { name: 'Особиста' }).check();
  await expect(page.getByText('Її не бачить ніхто: не вказано, чия вона.')).toBeVisible();
  await page.getByRole('radio', { name: 'Усім' }).check();
  await page.getByRole('combobox', { name: 'Категорія' }).last().click();
  await page.getByRole('option', { name: /Закрита/ }).last().click();
  await expect(page.getByText('Її не бачить ніхто: категорію «Закрита» вимкнено.')).toBeVisible();
  expect(category).toBeGreaterThan(0);
});

test('the menu shows the unsaved reply at its place among the saved ones', async ({ page }) => {
  await make(page, 'replies', reply('Ранок добрий', { uk: 'Добрий ранок' }, { shortcut: 'ранок' }));
  const id = await make(page, 'replies', reply('Ввечері', { uk: 'Добрий вечір, {{client.first_name}}' }, { shortcut: 'вечір' }));
  await open(page, id);
  const composer = page.getByRole('textbox', { name: 'Що вводить оператор' });
  await composer.fill('/ран');
  const lines = page.locator('.slash__line');
  await expect(lines.first()).toContainText('Ранок добрий');
  await expect(page.getByText('Цієї відповіді в переліку немає')).toBeVisible();
  await page.getByRole('textbox', { name: 'Скорочення' }).fill('ран');
  await expect(lines.first()).toContainText('Ввечері');
  await expect(lines.first()).toContainText('ця відповідь');
  await expect(lines.nth(1)).toContainText('Ранок добрий');
  await expect(page.locator('.slash__enter')).toContainText('Добрий вечір, Олена');
});

test('what ought to be looked at is listed with reasons that lead to the cure', async ({ page }) => {
  await make(page, 'replies', reply('Прострочена', { uk: 'Унікальний перший', en: 'One' }, { review_on: '2020-01-01' }));
  const id = await make(page, 'replies', reply('Неперекладена', { uk: 'Унікальний другий' }));
  await page.goto('/settings/replies');
  await hydrated(page);
  await page.getByRole('link', { name: 'Що виправити' }).click();
  await expect(page).toHaveURL(/f\.health=any/);
  await expect(page.getByRole('row', { name: /Прострочена/ })).toContainText('Минула дата перегляду: 2020-01-01');
  const counts = page.getByRole('navigation', { name: 'Що виправити' });
  await counts.getByRole('link', { name: /Немає перекладу/ }).click();
  await expect(page).toHaveURL(/f\.health=untranslated/);
  await expect(page.getByRole('row', { name: /Прострочена/ })).toHaveCount(0);
  await page.getByRole('row', { name: /Неперекладена/ }).getByRole('link', { name: /Немає тексту \(en\)/ }).click();
  await expect(page).toHaveURL(new RegExp(`/settings/replies/${id}`));
  await expect(en(page)).toBeFocused();
  await page.keyboard.type('Second');
  await save(page);
  await expect(page.getByRole('row', { name: /Неперекладена/ })).toHaveCount(0);
  await page.goto('/settings');
  await expect(page.getByRole('link', { name: /відповід\S+ варто виправити/ })).toHaveAttribute('href', '/settings/replies?f.health=any');
});

test('a file is looked through row by row before it is read in', async ({ page }) => {
  await make(page, 'reply-categories', { name: { uk: 'Імпорт', en: 'Import' } });
  await page.goto('/settings/replies');
  await hydrated(page);
  await page.getByRole('button', { name: 'Інші дії' }).first().click();
  await page.getByRole('button', { name: 'Імпортувати' }).click();
  const dialog = page.getByRole('dialog');
  const rows = Array.from({ length: 50 }, (_, n) => `Імпортована ${n};i${n};Імпорт;Текст номер ${n}`);
  await dialog.getByRole('textbox').fill(['title;shortcut;category;text.uk', ...rows, 'Погана;bad;Імпорт;{{clent.first_name}}', 'Нікуди;no;Немає;Текст'].join('\n'));
  await dialog.getByRole('button', { name: 'Перевірити файл' }).click();
  await expect(dialog).toContainText('Додасться 50');
  await expect(dialog).toContainText('Відхилено 2');
  const bad = dialog.getByRole('row', { name: /Погана/ });
  await expect(bad).toContainText('немає змінної «clent.first_name»');
  await expect(dialog.getByRole('row', { name: /Нікуди/ })).toContainText('відхилено');
  await dialog.getByRole('button', { name: /Імпортувати|Записати|50/ }).last().click();
  await expect(dialog).toBeHidden();
  await page.goto('/settings/replies?q=i49');
  await expect(page.getByRole('row', { name: /Імпортована 49/ })).toContainText('Імпорт');
});

test('two people translate at once, and nothing is lost', async ({ page, browser, ownerState, pult, watch, expectStatus }) => {
  expectStatus(409);
  const id = await make(page, 'replies', reply('Спільна', { uk: 'Спершу', en: 'First' }));
  await open(page, id);
  const context = await browser.newContext({ storageState: ownerState, baseURL: pult.url, locale: 'uk-UA' });
  await watch.over(context);
  const other = await context.newPage();
  await open(other, id);
  await uk(page).fill('Спершу прочитайте');
  await en(other).fill('Read first');
  await save(page);
  await other.getByRole('button', { name: 'Зберегти', exact: true }).click();
  // Nothing collides, so nobody is asked.
  await expect(other.getByText('Тим часом збережено ще')).toBeVisible();
  await expect(async () => {
    const { text } = (await read(other, id)).value;
    expect(text).toEqual({ uk: 'Спершу прочитайте', en: 'Read first' });
  }).toPass();
  // What was translated was another text.
  await expect(other.getByText('застарілий переклад')).toHaveCount(1);
  await context.close();
});

test('an earlier version comes back with its translations', async ({ page }) => {
  const id = await make(page, 'replies', reply('Версії', { uk: 'Перший', en: 'First' }));
  await open(page, id);
  await uk(page).fill('Другий');
  await save(page);
  await page.goto(`/settings/replies/${id}?view=history`);
  await hydrated(page);
  await page.getByRole('button', { name: 'Відновити' }).last().click();
  const confirm = page.getByRole('dialog').getByRole('button', { name: 'Відновити' });
  if (await confirm.count()) await confirm.click();
  await expect(async () => expect((await read(page, id)).value.text.uk).toBe('Перший')).toPass();
  await open(page, id);
  await expect(page.getByText('застарілий переклад')).toHaveCount(0);
});

for (const [language, theme] of [['uk', 'light'], ['en', 'dark']] as const) {
  test(`the editor fits and is accessible, ${language} ${theme}`, async ({ page, context, pult }) => {
    const id = await make(page, 'replies', reply('Greeting', { uk: 'Hi, {{client.first_name|you}}!', en: 'Hi, {{?name}} {{|}}' }, { channels: [{ channel: 'sms', text: { uk: 'Hi' } }] }));
    await reads(context, pult.url, language, theme);
    await open(page, id);
    await uk(page).press('End');
    await page.keyboard.type(' {{');
    await expect(page.getByRole('listbox').first()).toBeVisible();
    for (const width of [1440, 320]) {
      await page.setViewportSize({ width, height: 900 });
      await axe(page);
      await noOverflow(page);
    }
    await page.goto('/settings/replies?f.health=any');
    await hydrated(page);
    await axe(page);
    await noOverflow(page);
  });
}

/** A page of a new person of a built-in role, who has set a password by their link and is signed in. */
async function colleague(page: Page, browser: Browser, pult: Pult, role: string, email: string): Promise<Page> {
  const { rows } = await (await page.request.get('/api/v1/settings/roles')).json();
  const { id } = (rows as { id: number; key: string }[]).find(({ key }) => key === role)!;
  const made = await page.request.post('/api/v1/settings/users', { data: { email, first_name: 'Taras', last_name: 'Bondar', role: id } });
  const { password_link } = await made.json();
  const context = await browser.newContext({ storageState: signedOut, locale: 'uk-UA', baseURL: pult.url });
  const theirs = await context.newPage();
  await theirs.goto(password_link.url);
  const password = 'довгий пароль оператора';
  await theirs.getByLabel(/^Пароль/).fill(password);
  await theirs.getByLabel(/^Повторіть пароль/).fill(password);
  await theirs.getByRole('button', { name: word('uk', 'password_set') }).click();
  await theirs.waitForURL((url) => !url.pathname.startsWith('/password'));
  if (new URL(theirs.url()).pathname === '/sign-in') await signIn(theirs, email, password);
  return theirs;
}

test('an operator keeps replies of their own, which a colleague does not see', async ({ page, browser, pult, watch }) => {
  await make(page, 'replies', reply('Спільна для всіх', { uk: 'Текст' }));
  await make(page, 'reply-categories', { name: { uk: 'Для своїх' } });
  const theirs = await colleague(page, browser, pult, 'operator', 'taras@example.com');
  await watch.over(theirs.context());
  await theirs.goto('/settings');
  await hydrated(theirs);
  await expect(theirs.getByRole('heading', { name: word('uk', 'no_sections_title') })).toBeVisible();
  await theirs.getByRole('button', { name: word('uk', 'my_account_of', { name: 'Taras Bondar' }) }).click();
  await theirs.locator('#me').getByRole('link', { name: word('uk', 'own_replies') }).click();
  await expect(theirs).toHaveURL(/\/account\/replies$/);
  await expect(theirs.getByRole('heading', { level: 1 })).toHaveText(word('uk', 'own_replies'));
  await expect(theirs.getByText(word('uk', 'own_replies_empty'))).toBeVisible();
  await expect(theirs.getByText('Спільна для всіх')).toHaveCount(0);

  await theirs.getByRole('link', { name: word('uk', 'add'), exact: true }).click();
  await expect(theirs).toHaveURL(/\/account\/replies\/new$/);
  await theirs.getByRole('textbox', { name: 'Назва', exact: true }).fill('Моє вітання');
  await theirs.getByRole('textbox', { name: 'Скорочення' }).fill('моє');
  await theirs.getByRole('combobox', { name: 'Категорія' }).last().fill('своїх');
  await theirs.getByRole('option', { name: /Для своїх/ }).last().click();
  await uk(theirs).fill('Вітаю! Це Тарас.');
  // Whose it is, is not a question here.
  await expect(theirs.getByRole('radio', { name: 'Усім' })).toHaveCount(0);
  await save(theirs);
  await expect(theirs).toHaveURL(/\/account\/replies\/\d+$/);
  const row = (name: RegExp) => theirs.getByRole('row', { name });
  await expect(row(/Моє вітання/)).toBeVisible();

  await theirs.getByRole('textbox', { name: 'Назва', exact: true }).fill('Моє привітання');
  await save(theirs);
  await expect(row(/Моє привітання/)).toBeVisible();
  await theirs.getByRole('searchbox').fill('привіт');
  await expect(theirs).toHaveURL(/q=/);
  await expect(row(/Моє привітання/)).toBeVisible();

  const other = await colleague(page, browser, pult, 'supervisor', 'maria@example.com');
  await watch.over(other.context());
  await other.goto('/settings/replies?q=моє');
  await hydrated(other);
  await expect(other.getByText(word('uk', 'nothing_found'), { exact: true })).toBeVisible();
  await other.context().close();

  const own = theirs.url().match(/replies\/(\d+)/)![1];
  await theirs.goto(`/account/replies/${own}`);
  await hydrated(theirs);
  await theirs.locator('.pane').last().getByRole('button', { name: word('uk', 'more_actions') }).click();
  await theirs.getByRole('button', { name: word('uk', 'archive'), exact: true }).click();
  const run = theirs.getByRole('dialog').getByRole('button', { name: word('uk', 'archive'), exact: true });
  await expect(run).toBeEnabled();
  await run.click();
  const done = theirs.locator('.toast').filter({ hasText: word('uk', 'archived_done') });
  await expect(done).toBeVisible();
  await expect(row(/Моє привітання/)).toHaveCount(0);
  await done.getByRole('button', { name: word('uk', 'undo') }).click();
  await expect(row(/Моє привітання/)).toBeVisible();

  for (const language of ['uk', 'en'] as const) {
    await reads(theirs.context(), pult.url, language, language === 'uk' ? 'light' : 'dark');
    for (const path of ['', '/new', `/${own}`]) {
      await theirs.goto(`/account/replies${path}`);
      await hydrated(theirs);
      for (const width of [1440, 320]) {
        await theirs.setViewportSize({ width, height: 900 });
        await axe(theirs);
        await noOverflow(theirs);
      }
    }
  }
  await theirs.context().close();
});

test('without the function there is no page of own replies', async ({ page, browser, pult }) => {
  const theirs = await colleague(page, browser, pult, 'light-agent', 'light@example.com');
  const answer = await theirs.goto('/account/replies');
  expect(answer?.status()).toBe(404);
  await expect(theirs.getByRole('heading', { level: 1 })).toHaveText(word('uk', 'not_found_title'));
  await theirs.context().close();
});
