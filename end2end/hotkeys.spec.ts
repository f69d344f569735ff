// Hotkeys: recorded by pressing, held to every class of conflict, tried, printed, merged, restored, without a mouse.

import type { Locator, Page } from '@playwright/test';
import { axe, createOwner, expect, hydrated, noOverflow, reads, shot, signedOut, tabTo, test } from './fixture.ts';

const address = '/settings/hotkeys';

/** The row of an action. */
const row = (page: Page, name: string) => page.getByRole('group', { name, exact: true });

/** The combinations of a row, as a person reads the caps. */
const keys = (row: Locator) => row.locator('.hotkeys__keys .hotkeys__caps');

const recorder = (page: Page) => page.locator('#hotkeys-recorder');

async function open(page: Page) {
  await page.goto(address);
  await hydrated(page);
}

/** Records `press` as one more combination of an action, and ends the recording. */
async function record(page: Page, name: string, ...presses: string[]) {
  await row(page, name).getByRole('button', { name: /^Додати клавіші/ }).click();
  await expect(recorder(page)).toBeFocused();
  const [first, second] = presses;
  await page.keyboard.press(first!);
  if (second) {
    await row(page, name).getByRole('button', { name: 'Другий крок' }).click();
    await expect(recorder(page)).toBeFocused();
    await page.keyboard.press(second);
  }
  await row(page, name).getByRole('button', { name: 'Готово' }).click();
  await expect(recorder(page)).toHaveCount(0);
}

/** Removes the first combination of an action. */
async function clear(page: Page, name: string) {
  await row(page, name).locator('.hotkeys__keys').first().click();
  await expect(recorder(page)).toBeFocused();
  await page.keyboard.press('Backspace');
  await expect(keys(row(page, name))).toHaveCount(0);
}

async function save(page: Page) {
  await page.getByRole('button', { name: 'Зберегти', exact: true }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Збережено' }).first()).toBeVisible();
}

const stored = async (page: Page) => (await (await page.request.get('/api/v1/settings/hotkeys')).json()).value;

test('keys are recorded by pressing, saved, and read over REST', async ({ page }) => {
  await open(page);
  expect((await stored(page)).bindings['message.send']).toEqual(['Enter']);
  await expect(keys(row(page, 'Надіслати повідомлення'))).toHaveText(['Enter']);

  await record(page, 'Внутрішня нотатка', 'Control+Shift+KeyX');
  await expect(keys(row(page, 'Внутрішня нотатка'))).toHaveText(['Ctrl Shift Y', 'Ctrl Shift X']);
  // The second one goes first: it is the one that operators are shown.
  await row(page, 'Внутрішня нотатка').locator('.hotkeys__keys').nth(1).click();
  await row(page, 'Внутрішня нотатка').getByRole('button', { name: 'Показувати першою' }).click();
  await row(page, 'Внутрішня нотатка').getByRole('button', { name: 'Готово' }).click();
  await record(page, 'Змінити статус', 'Control+Semicolon', 'KeyS');
  await expect(keys(row(page, 'Змінити статус')).last()).toHaveText('Ctrl ; потім S');
  await save(page);

  const { bindings } = await stored(page);
  expect(bindings['message.note']).toEqual(['Mod+Shift+KeyX', 'Mod+Shift+KeyY']);
  expect(bindings['status.switch']).toEqual(['Mod+Shift+KeyD', 'Mod+Semicolon KeyS']);

  // Back to the default, by the row's own button.
  await row(page, 'Внутрішня нотатка').getByRole('button', { name: /за замовчуванням/ }).click();
  await expect(keys(row(page, 'Внутрішня нотатка'))).toHaveText(['Ctrl Shift Y']);
  await save(page);
});

test('every class of conflict is shown at its keys, with its reason', async ({ page, expectStatus }) => {
  // The save that is refused.
  expectStatus(422);
  await open(page);
  const table: [action: string, press: string[], reason: RegExp][] = [
    ['Закрити діалог', ['Control+KeyK'], /Помилка: Ctrl\+K уже має дія «Палітра команд»/],
    ['Перекласти', ['F9', 'Control+KeyS'], /Помилка: Перший крок F9, Ctrl\+S уже виконує дію «Copilot», тож другий ніколи не настане/],
    ['Передати діалог', ['Control+KeyW'], /Помилка: Ctrl\+W браузер не віддає/],
    ['Відкрити тікет', ['Alt+F4'], /Помилка: Alt\+F4 забирає Windows або Linux/],
    ['Фільтри списку', ['Control+KeyM'], /Попередження: Ctrl\+M забирає macOS/],
    ['Наступна папка', ['Control+KeyC'], /Помилка: Ctrl\+C потрібне в полях для тексту/],
    ['Оновити список', ['F5'], /Попередження: F5 у браузері — це перезавантаження сторінки/],
    ['Вибрати тему', ['Control+Alt+KeyU'], /Помилка: Ctrl\+Alt\+U у Windows — те саме, що AltGr: українською так друкують «ґ»/],
    ['Вибрати пріоритет', ['Control+Alt+KeyS'], /Попередження: Ctrl\+Alt\+S .* друкують ś, ß/],
    ['Додати теги', ['Alt+KeyN'], /Попередження: Alt\+N на Mac друкує знак/],
    ['Додати файл', ['Comma'], /Помилка: , у полі друкує або править текст/],
    ['Прийняти діалог', ['KeyJ'], /Попередження: J діятиме лише поза полями/],
    ['Курсив', ['ArrowLeft'], /Попередження: ← потрібне екранним читачам/],
  ];
  for (const [action, press, reason] of table) {
    await record(page, action, ...press);
    await expect(row(page, action).locator('.hotkeys__problems')).toContainText(reason);
  }
  // The other side of the first one says so as well.
  await expect(row(page, 'Палітра команд').locator('.hotkeys__problems')).toContainText('Ctrl+K уже має дія «Закрити діалог»');
  await clear(page, 'Новий рядок');
  await expect(row(page, 'Новий рядок').locator('.hotkeys__problems')).toContainText('Enter надсилає, тож новому рядку потрібна інша клавіша');
  await page.evaluate(() => scrollTo(0, 0));
  await axe(page);
  await shot(page, 'hotkeys-conflicts');

  // Only what has findings.
  await page.getByRole('combobox', { name: 'Які дії показати' }).selectOption('Із зауваженнями');
  await expect(row(page, 'Курсив')).toBeVisible();
  await expect(row(page, 'Жирний')).toBeHidden();

  // The ways out: the keys are taken over, and the new line gets a key again.
  await row(page, 'Закрити діалог').getByRole('button', { name: 'Забрати в дії «Палітра команд»' }).click();
  await expect(row(page, 'Закрити діалог').locator('.hotkeys__problems')).toBeEmpty();
  await page.getByRole('combobox', { name: 'Які дії показати' }).selectOption('Усі дії');
  await expect(keys(row(page, 'Палітра команд'))).toHaveCount(0);
  await row(page, 'Новий рядок').getByRole('button', { name: 'Додати Shift+Enter' }).click();
  await expect(row(page, 'Новий рядок').locator('.hotkeys__problems')).toBeEmpty();

  // Errors keep it from being saved, and the summary leads to the keys.
  await page.getByRole('button', { name: 'Зберегти', exact: true }).click();
  const summary = page.locator('.summary');
  await summary.getByRole('link', { name: /^Передати діалог: / }).first().click();
  await expect(row(page, 'Передати діалог').locator('.hotkeys__keys--error')).toBeFocused();
  await page.getByRole('button', { name: 'Відкинути', exact: true }).click();
  await expect(keys(row(page, 'Палітра команд'))).toHaveText(['Ctrl K']);
});

test('a trigger is a sign, and tells what is wrong with a letter', async ({ page }) => {
  await open(page);
  const sign = row(page, 'Меню швидких відповідей').getByRole('textbox', { name: 'Символ: Меню швидких відповідей' });
  await expect(sign).toHaveValue('/');
  await sign.fill('ж');
  await expect(row(page, 'Меню швидких відповідей')).toContainText('«ж» трапляється у словах');
  await sign.fill('\\');
  await expect(row(page, 'Меню швидких відповідей')).not.toContainText('трапляється у словах');
  await page.getByRole('textbox', { name: 'Натискайте тут' }).pressSequentially('\\');
  await expect(page.locator('.hotkeys__answer')).toHaveText('\\ → Меню швидких відповідей');
});

/** What a key says of itself when it is pressed. */
type Pressed = { code: string; key: string; ctrlKey?: boolean; altKey?: boolean; modifierAltGraph?: boolean; isComposing?: boolean };

test('what is pressed in the trial names the action, on a Cyrillic layout too, in the place chosen', async ({ page }) => {
  await open(page);
  const field = page.getByRole('textbox', { name: 'Натискайте тут' });
  const place = page.getByRole('combobox', { name: 'Де курсор' });
  const answer = page.locator('.hotkeys__answer');

  await field.press('Enter');
  await expect(answer).toHaveText('Enter → Надіслати повідомлення');
  // The key of K prints л there; its place is the same.
  const cyrillic = (init: Pressed) =>
    field.evaluate((field, init) => field.dispatchEvent(new KeyboardEvent('keydown', { bubbles: true, cancelable: true, ...init })), init);
  await cyrillic({ code: 'KeyK', key: 'л', ctrlKey: true });
  await expect(answer).toHaveText(/→\s*Палітра команд$/);
  await expect(page.locator('dialog[open]')).toHaveCount(0);
  // ґ by AltGr is a letter, whatever is bound to Ctrl, Alt and that key.
  await record(page, 'Перекласти', 'Control+Alt+KeyU');
  await cyrillic({ code: 'KeyU', key: 'u', ctrlKey: true, altKey: true });
  await expect(answer).toHaveText(/→\s*Перекласти$/);
  await cyrillic({ code: 'KeyU', key: 'ґ', ctrlKey: true, altKey: true, modifierAltGraph: true });
  await expect(answer).toHaveText(/нічого не запускає$/);
  // Letters that are being composed are nobody's hotkey.
  await cyrillic({ code: 'KeyK', key: 'л', ctrlKey: true });
  await cyrillic({ code: 'Enter', key: 'Enter', isComposing: true });
  await expect(answer).toHaveText(/→\s*Палітра команд$/);

  // A chord, its second step by place as well; and one that is called off.
  await field.press('Control+Semicolon');
  await expect(answer).toHaveText('Ctrl ; — тепер другу клавішу…');
  await cyrillic({ code: 'KeyT', key: 'е' });
  await expect(answer).toHaveText('Ctrl ; потім T → Вибрати тему');
  await field.press('Control+Semicolon');
  await field.press('Escape');
  await expect(answer).toHaveText('Комбінацію скасовано');

  // Enter sends from the composer alone; arrows choose while quick replies are offered.
  await place.selectOption('Список діалогів');
  await field.press('Enter');
  await expect(answer).toHaveText('Enter — нічого не запускає');
  await field.press('F4');
  await expect(answer).toHaveText(/→\s*Оновити список$/);
  await place.selectOption('Поле повідомлення, є підказки');
  await field.press('ArrowDown');
  await expect(answer).toHaveText(/→\s*Наступна підказка$/);

  // What is being edited holds at once, and what is off does not.
  await place.selectOption('Поле повідомлення');
  await page.getByRole('button', { name: /^Вибрати: Ctrl\+Enter/ }).click();
  await field.press('Control+Enter');
  await expect(answer).toHaveText(/→\s*Надіслати повідомлення$/);
  await page.locator('.hotkeys__group').filter({ has: page.getByRole('heading', { name: 'Поле повідомлення' }) }).getByRole('switch').uncheck();
  await field.press('Control+Enter');
  await expect(answer).toHaveText(/нічого не запускає$/);
});

test('a preset shows what it changes before it is chosen', async ({ page }) => {
  await open(page);
  const other = page.locator('.hotkeys__preset').filter({ has: page.getByRole('heading', { name: 'Ctrl+Enter надсилає' }) });
  await expect(other.getByRole('listitem').first()).toHaveText('Надіслати повідомлення: Enter → Ctrl Enter');
  await expect(other.getByRole('listitem').last()).toHaveText('Новий рядок: Shift Enter → Enter Shift Enter');
  await other.getByRole('button', { name: /^Вибрати/ }).click();
  await expect(other).toContainText('Так зараз');
  await expect(keys(row(page, 'Надіслати повідомлення'))).toHaveText(['Ctrl Enter']);
  await save(page);
  expect((await stored(page)).bindings['message.new_line']).toEqual(['Enter', 'Shift+Enter']);
});

test('JSON that breaks a rule is told at its line and column', async ({ page }) => {
  await page.goto(`${address}?view=json`);
  await hydrated(page);
  const code = page.getByRole('textbox', { name: 'JSON' });
  await expect(page.locator('code-editor textarea')).toHaveCount(0);
  const text = JSON.stringify(await stored(page), null, 2).replace('"Mod+KeyB"', '"Mod+KeyW"');
  const line = text.split('\n').findIndex((line) => line.includes('"Mod+KeyW"')) + 1;
  await code.click();
  await page.keyboard.press('Control+a');
  await page.keyboard.insertText(text);
  await expect(page.locator('.code__problem')).toContainText([`рядок ${line}:`]);
  await expect(page.locator('.code__problem')).toContainText(['браузер не віддає сторінкам']);
});

test('the sample beside the editor obeys the keys that are being edited', async ({ page }) => {
  await page.setViewportSize({ width: 1600, height: 1000 });
  await open(page);
  const frame = page.frameLocator('iframe.sample__frame');
  await frame.locator('html[data-hydrated]').waitFor({ state: 'attached' });
  const field = frame.getByRole('textbox', { name: 'Відповідь клієнту' });
  const said = frame.locator('.op-said');
  await field.press('F2');
  await expect(said).not.toHaveText('Дія: Перекласти');
  await record(page, 'Перекласти', 'F2');
  await field.press('F2');
  await expect(said).toHaveText('Дія: Перекласти');
  // Nothing of it is saved.
  await record(page, 'Внутрішня нотатка', 'Control+Shift+KeyH');
  await field.press('Control+Shift+KeyH');
  await expect(said).toHaveText('Дія: Внутрішня нотатка');
  expect((await stored(page)).bindings['message.note']).not.toContain('Mod+Shift+KeyH');
});

test('two people at once: other actions merge, the same one is asked about', async ({ page, context, expectStatus }) => {
  expectStatus(409);
  await open(page);
  const second = await context.newPage();
  await open(second);
  await record(second, 'Перекласти', 'Control+Shift+KeyX');
  await save(second);

  // Another action: both changes stay.
  await record(page, 'Copilot', 'Control+Shift+KeyU');
  await page.getByRole('button', { name: 'Зберегти', exact: true }).click();
  await expect.poll(async () => (await stored(page)).bindings['message.copilot']).toEqual(['F9', 'Mod+Shift+KeyU']);
  expect((await stored(page)).bindings['message.translate']).toEqual(['F8', 'Mod+Shift+KeyX']);

  // The same action: whoever saves later is asked.
  await open(second);
  await record(page, 'Курсив', 'Control+Shift+KeyH');
  await record(second, 'Курсив', 'Control+Shift+KeyK');
  await save(second);
  await second.close();
  await page.getByRole('button', { name: 'Зберегти', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Тим часом це змінили' });
  await expect(dialog.getByRole('group', { name: /Курсив/ })).toContainText('Mod+KeyI, Mod+Shift+KeyK');
  await dialog.getByRole('radio', { name: /^Моє/ }).check();
  await dialog.getByRole('button', { name: 'Об’єднати й зберегти' }).click();
  await expect.poll(async () => (await stored(page)).bindings['text.italic']).toEqual(['Mod+KeyI', 'Mod+Shift+KeyH']);
});

test.describe('on a console that is new', () => {
  test.use({ storageState: signedOut });

  test('an earlier version comes back, and so do the keys that nobody had saved yet', async ({ page, fresh }) => {
    await createOwner(page, fresh.setupLink);
    const read = async () => (await (await page.request.get(`${fresh.url}/api/v1/settings/hotkeys`)).json()).value;
    const versions = [await read()];
    for (const key of ['F2', 'Shift+F2']) {
      await page.goto(fresh.url + address);
      await hydrated(page);
      await record(page, 'Світле або темне оформлення', key);
      await save(page);
      versions.push(await read());
    }
    expect(versions.at(-1).bindings['theme.switch']).toEqual(['F2', 'Shift+F2']);
    await page.goto(`${fresh.url}${address}?view=history`);
    await hydrated(page);
    // The newest of those that can be brought back is the one before the present one; the last is what nobody saved.
    for (const [place, value] of [['first', versions[1]], ['last', versions[0]]] as const) {
      await page.getByRole('button', { name: 'Відновити' })[place]().click();
      const confirm = page.getByRole('dialog').getByRole('button', { name: 'Зберегти' });
      await confirm.or(page.getByRole('status').filter({ hasText: 'Збережено' })).first().waitFor();
      if (await confirm.isVisible()) await confirm.click();
      await expect.poll(read).toEqual(value);
    }
    await expect(page.locator('.timeline__note').first()).toHaveText('Відновлено початкові значення');
  });
});

test('without a mouse: find, record, leave, save', async ({ page }) => {
  await open(page);
  const search = page.getByRole('searchbox', { name: 'Знайти дію або клавішу' });
  await search.focus();
  await page.keyboard.type('оформлення');
  await expect(row(page, 'Світле або темне оформлення')).toBeVisible();
  await expect(row(page, 'Жирний')).toBeHidden();
  const add = row(page, 'Світле або темне оформлення').getByRole('button', { name: /^Додати клавіші/ });
  await tabTo(page, add);
  await page.keyboard.press('Enter');
  await expect(recorder(page)).toBeFocused();
  await page.keyboard.press('F2');
  await expect(recorder(page)).toHaveText(/F2/);
  // Enter is recorded, not pressed; Tab is never taken.
  await page.keyboard.press('Shift+Enter');
  await expect(recorder(page)).toHaveText(/Shift\s*Enter/);
  await page.keyboard.press('F2');
  await page.keyboard.press('Tab');
  await expect(recorder(page)).not.toBeFocused();
  await expect(row(page, 'Світле або темне оформлення').getByRole('button', { name: 'Другий крок' })).toBeFocused();
  await page.keyboard.press('Shift+Tab');
  await expect(recorder(page)).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(recorder(page)).toHaveCount(0);
  await expect(row(page, 'Світле або темне оформлення').locator('.hotkeys__keys').first()).toBeFocused();
  await page.keyboard.press('Control+KeyS');
  await expect(page.getByRole('status').filter({ hasText: 'Збережено' }).first()).toBeVisible();
  expect((await stored(page)).bindings['theme.switch']).toEqual(['F2']);

  // What can't be pressed is written.
  await page.keyboard.press('Enter');
  await row(page, 'Світле або темне оформлення').getByRole('textbox', { name: 'Або напишіть' }).fill('shift+f2');
  await page.keyboard.press('Enter');
  await expect(keys(row(page, 'Світле або темне оформлення'))).toHaveText(['Shift F2']);
});

test('the sheet is printed, and nothing else', async ({ page }) => {
  await open(page);
  await page.emulateMedia({ media: 'print' });
  const sheet = page.locator('.hotkeys__sheet');
  await expect(sheet).toBeVisible();
  await expect(sheet.locator('tr', { hasText: 'Палітра команд' }).locator('td')).toHaveText('Ctrl K');
  await expect(sheet.locator('tr', { hasText: 'Меню швидких відповідей' }).locator('td')).toHaveText('Ctrl / або символ /');
  await expect(page.getByRole('button', { name: /^Додати клавіші/ }).first()).toBeHidden();
  await expect(page.locator('.hotkeys__top')).toBeHidden();
});

for (const language of ['uk', 'en'] as const) {
  for (const theme of ['light', 'dark'] as const) {
    test(`narrow and wide, with a recorder open, ${language} ${theme}`, async ({ page, context, pult }) => {
      await reads(context, pult.url, language, theme);
      await open(page);
      await page.locator('[id="field-bindings-dialog-close"]').click();
      await page.keyboard.press('Control+KeyK');
      await expect(page.locator('.hotkeys__problems').filter({ hasText: language === 'uk' ? 'уже має дія' : 'already belongs to' }).first()).toBeVisible();
      for (const width of [1440, 900, 320]) {
        await page.setViewportSize({ width, height: 900 });
        // Below the head of the page nothing is hidden from the hand.
        await page.evaluate(() => scrollTo(0, 0));
        await axe(page);
        await noOverflow(page);
        await shot(page, `hotkeys.${language}.${theme}.${width}`);
      }
    });
  }
}
