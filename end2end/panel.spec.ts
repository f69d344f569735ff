// The sample operator panel: alone with what is saved, and in its frame with what is being edited.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FrameLocator, Page } from '@playwright/test';
import { axe, expect, hydrated, noOverflow, reads, shot, test } from './fixture.ts';

/** The published classes. */
const published = new Set(
  [...readFileSync(join(import.meta.dirname, '../docs/panel-parts.md'), 'utf8').matchAll(/^\| `(op-[\w-]+)` /gm)].map((line) => line[1]),
);

/** Every `op-` class that the page shows at this moment. */
const drawn = (page: Page) =>
  page.evaluate(() => [...document.querySelectorAll('[class*="op-"]')].flatMap((one) => [...one.classList]).filter((name) => name.startsWith('op-')));

/** The sample beside an editor, once it listens. */
async function beside(page: Page): Promise<FrameLocator> {
  const frame = page.frameLocator('iframe.sample__frame');
  await frame.locator('html[data-hydrated]').waitFor({ state: 'attached' });
  return frame;
}

/** Tells the framed sample a value, as the page of a section does while it is being edited. */
const tell = (page: Page, section: string, value: unknown) =>
  page.locator('iframe.sample__frame').evaluate(
    (frame: HTMLIFrameElement, message) => frame.contentWindow?.postMessage(message, '*'),
    { pult: 'value', section, id: 0, value },
  );

for (const language of ['uk', 'en'] as const) {
  for (const theme of ['light', 'dark'] as const) {
    test(`the whole panel, ${language} ${theme}`, async ({ page, context, pult }) => {
      await reads(context, pult.url, language, theme);
      await page.goto('/preview');
      await hydrated(page);
      await expect(page.locator('.op-panel')).toHaveCSS('color-scheme', theme);
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(language === 'uk' ? 'Зразок панелі оператора' : 'Sample operator panel');
      for (const width of [1440, 820, 320]) {
        await page.setViewportSize({ width, height: 900 });
        await axe(page);
        await noOverflow(page);
        await shot(page, `preview.${language}.${theme}.${width}`);
      }
      // A narrow screen shows one column at a time.
      await expect(page.locator('.op-conversation')).toBeVisible();
      await expect(page.locator('.op-list')).toBeHidden();
      await page.getByRole('button', { name: language === 'uk' ? 'Діалоги' : 'Dialogs' }).click();
      await expect(page.locator('.op-list')).toBeVisible();
      await noOverflow(page);
      await page.locator('.op-dialog--overdue').click();
      await expect(page.locator('.op-head__name')).toHaveText(language === 'uk' ? 'Марія Шевчук' : 'Mariia Shevchuk');
      await page.setViewportSize({ width: 1440, height: 900 });
      await page.getByRole('button', { name: language === 'uk' ? 'Тікет' : 'Ticket', exact: true }).click();
      await expect(page.locator('.op-sla--overdue')).toContainText(language === 'uk' ? 'прострочено на 0:14' : 'overdue by 0:14');
      await axe(page);
      if (language === 'en') {
        const text = await page.locator('.op-panel').innerText();
        expect.soft(text.match(/[\u0400-\u04ff]+/g), 'left untranslated').toBeNull();
      }
    });
  }
}

test('a message waits to be sent and can be taken back', async ({ page }) => {
  await page.clock.install({ time: new Date('2025-03-14T10:05:00') });
  await page.goto('/preview');
  await hydrated(page);
  await page.clock.pauseAt(new Date('2025-03-14T11:00:00'));
  const field = page.getByRole('textbox', { name: 'Відповідь клієнту' });
  await field.fill('Кошти надійдуть завтра');
  await field.press('Enter');
  const waiting = page.locator('.op-message--delayed');
  await expect(waiting).toContainText('Надішлеться за 5 с');
  await expect(field).toHaveValue('');
  await page.clock.runFor(2000);
  await expect(waiting).toContainText('Надішлеться за 3 с');
  await waiting.getByRole('button', { name: 'Скасувати' }).click();
  await expect(waiting).toHaveCount(0);
  await expect(field).toHaveValue('Кошти надійдуть завтра');
  await expect(field).toBeFocused();

  await field.press('Enter');
  await page.clock.runFor(6000);
  await expect(waiting).toHaveCount(0);
  await expect(page.locator('.op-message--operator').last()).toContainText('Кошти надійдуть завтра');

  // A note is for colleagues, so nothing is waited for.
  await page.getByRole('button', { name: 'Нотатка' }).click();
  await field.fill('Передзвонити о 15:00');
  await field.press('Enter');
  await expect(page.locator('.op-message--internal').last()).toContainText('Передзвонити о 15:00');
  await expect(waiting).toHaveCount(0);
});

test('a reply that is being written is found, inserted and filled in', async ({ page }) => {
  await page.goto('/settings/tags/new');
  await hydrated(page);
  const frame = await beside(page);
  await tell(page, 'replies', {
    title: 'Строк повернення',
    shortcut: 'строк',
    text: { uk: '{{client.first_name}}, кошти за {{?номер}} надійдуть до {{?дата}}. {{|}}Номер: {{?номер}}.' },
  });
  // What is being written is offered by itself.
  await expect(frame.locator('.op-reply--new')).toContainText('Строк повернення');
  const field = frame.getByRole('textbox', { name: 'Відповідь клієнту' });
  await field.fill('');
  await field.pressSequentially('Так. /стр');
  const chosen = frame.locator('.op-reply--current');
  await expect(chosen).toContainText('Строк повернення');
  await expect(chosen).toContainText('/строк');
  await field.press('Enter');
  await expect(field).toHaveValue('Так. Олена, кошти за [номер] надійдуть до [дата]. Номер: [номер].');
  await expect(frame.locator('.op-composer__blank')).toContainText('номер');
  await field.pressSequentially('10245');
  await field.press('Tab');
  await expect(field).toHaveValue('Так. Олена, кошти за 10245 надійдуть до [дата]. Номер: 10245.');
  await field.pressSequentially('18 березня');
  await field.press('Tab');
  await expect(frame.locator('.op-composer__blank')).toHaveCount(0);
  // The cursor stands where the reply says.
  await field.pressSequentially('Дякуємо! ');
  await expect(field).toHaveValue('Так. Олена, кошти за 10245 надійдуть до 18 березня. Дякуємо! Номер: 10245.');
});

test('a tag that is being edited is on the dialog at once, and what is saved follows', async ({ page, pult }) => {
  await page.goto('/settings/tags/new');
  await hydrated(page);
  const frame = await beside(page);
  await page.getByRole('textbox', { name: 'Назва' }).fill('Підмінний чайник');
  const tag = frame.locator('.op-head ~ .op-tags .op-tag--new');
  await expect(tag).toHaveText('Підмінний чайник');
  await expect(frame.locator('.op-dialog--current .op-tag--new')).toHaveText('Підмінний чайник');

  const whole = await page.context().newPage();
  await whole.goto(`${pult.url}/preview`);
  await hydrated(whole);
  await whole.getByRole('button', { name: 'Змінити теги' }).click();
  const choice = whole.getByRole('group', { name: 'Теги' }).getByRole('button', { name: 'Підмінний чайник' });
  await expect(choice).toHaveCount(0);
  await page.getByRole('button', { name: 'Зберегти', exact: true }).click();
  await expect(choice).toBeVisible();
  await whole.close();
});

test('the frame has no origin and reaches nothing of the console', async ({ page }) => {
  await page.goto('/settings/tags/new');
  await hydrated(page);
  await beside(page);
  const frame = page.frames().find((frame) => frame.url().includes('/preview'));
  const reached = await frame!.evaluate(() => {
    const attempt = (what: () => unknown) => {
      try {
        return String(what());
      } catch (error) {
        return (error as Error).name;
      }
    };
    return {
      origin: self.origin,
      page: attempt(() => parent.document.title),
      cookies: attempt(() => document.cookie),
      storage: attempt(() => localStorage.length),
    };
  });
  expect(reached).toEqual({ origin: 'null', page: 'SecurityError', cookies: 'SecurityError', storage: 'SecurityError' });
});

test('phone, tablet and wide; light and dark; and the whole page', async ({ page }) => {
  await page.setViewportSize({ width: 1600, height: 1000 });
  await page.goto('/settings/tags/new');
  await hydrated(page);
  const frame = await beside(page);
  const width = async () => (await page.locator('iframe.sample__frame').boundingBox())?.width ?? 0;
  await page.getByRole('button', { name: 'Телефон' }).click();
  await expect.poll(width).toBeLessThan(400);
  await expect(frame.locator('.op-side')).toBeHidden();
  await page.getByRole('button', { name: 'Планшет' }).click();
  await expect.poll(width).toBe(820);
  await expect(frame.locator('.op-list')).toBeVisible();
  await page.getByRole('button', { name: 'Широкий екран' }).click();
  await expect(frame.locator('.op-side')).toBeVisible();
  await page.getByRole('button', { name: 'Темна тема' }).click();
  await expect(frame.locator('.op-panel')).toHaveCSS('color-scheme', 'dark');
  await page.getByRole('button', { name: 'Світла тема' }).click();
  await expect(frame.locator('.op-panel')).toHaveCSS('color-scheme', 'light');
  await axe(page);
  await shot(page, 'panel.beside');
  const [whole] = await Promise.all([page.context().waitForEvent('page'), page.getByRole('link', { name: 'Відкрити зразок на всю сторінку' }).click()]);
  await whole.waitForURL('**/preview');
  await whole.close();
});

test('the panel shows its published parts and no others', async ({ page }) => {
  await page.goto('/preview');
  await hydrated(page);
  const seen = new Set(await drawn(page));
  const look = async () => (await drawn(page)).forEach((name) => seen.add(name));
  for (const dialog of await page.locator('.op-dialog').all()) {
    await dialog.click();
    await look();
  }
  await page.locator('.op-dialog').first().click();
  await page.getByRole('button', { name: 'Змінити теги' }).click();
  await page.getByRole('button', { name: 'Тікет', exact: true }).click();
  await look();
  const field = page.getByRole('textbox', { name: 'Відповідь клієнту' });
  await field.pressSequentially('/');
  await look();
  await field.pressSequentially('йцукен');
  await look();
  const search = page.getByRole('searchbox');
  await search.fill('немає такого');
  await look();
  await search.fill('');
  await page.locator('.op-composer input[type=file]').setInputFiles({ name: 'вірус.exe', mimeType: 'application/x-msdownload', buffer: Buffer.from('MZ') });
  const verdict = page.locator('.op-verdict');
  await expect(verdict).toHaveClass(/op-verdict--refused/);
  await expect(verdict).toContainText('вірус.exe');
  await look();
  const png = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d]);
  await page.locator('.op-composer input[type=file]').setInputFiles({ name: 'чайник.png', mimeType: 'image/png', buffer: png });
  await expect(verdict).toHaveClass(/op-verdict--accepted/);
  await look();
  expect([...seen].filter((name) => !published.has(name)), 'drawn, and not published').toEqual([]);
  // States that only settings bring about are drawn by other tests.
  const blocks = [...published].filter((name) => !name.includes('--') && !seen.has(name));
  const rare = ['op-replies__categories', 'op-category', 'op-category__colour', 'op-reply__category', 'op-composer__blank', 'op-composer__missing', 'op-tag-menu__title', 'op-card__empty', 'op-message__delay', 'op-message__cancel', 'op-field__copy'];
  expect(blocks.filter((name) => !rare.includes(name)), 'published, and never drawn').toEqual([]);
});

test('the panel obeys the keys that are being edited', async ({ page }) => {
  await page.goto('/settings/tags/new');
  await hydrated(page);
  const frame = await beside(page);
  await page.getByRole('button', { name: 'Широкий екран' }).click();
  const field = frame.getByRole('textbox', { name: 'Відповідь клієнту' });
  const said = frame.locator('.op-said');

  // As it is set at first: Enter sends.
  await field.fill('Перше');
  await field.press('Alt+ArrowDown');
  await expect(said).toHaveText(/^Дія: /);
  await expect(frame.locator('.op-head__name')).toHaveText('Ігор Петренко');
  await field.press('Alt+ArrowUp');
  await expect(frame.locator('.op-head__name')).toHaveText('Олена Коваленко');

  await tell(page, 'hotkeys', {
    bindings: { 'message.send': ['Mod+Enter'], 'message.new_line': ['Enter'], 'ticket.open': ['Mod+KeyJ KeyT'] },
    triggers: { 'reply.menu': '#' },
  });
  await field.press('Enter');
  await expect(field).toHaveValue('Перше\n');
  await field.pressSequentially('/');
  await expect(frame.locator('.op-replies')).toHaveCount(0);
  await field.fill('');
  await field.pressSequentially('#');
  await expect(frame.locator('.op-replies')).toBeVisible();
  await field.press('Escape');
  // A chord of two steps, the second a letter that is not typed.
  await field.press('Control+j');
  await field.press('t');
  await expect(said).toHaveText('Дія: Відкрити тікет');
  await expect(frame.locator('.op-ticket')).toBeVisible();
  await expect(field).toHaveValue('#');
  await field.press('Control+Enter');
  await expect(frame.locator('.op-message--delayed')).toContainText('#');
});

test('the client card stands as it is being arranged', async ({ page }) => {
  await page.goto('/settings/tags/new');
  await hydrated(page);
  const frame = await beside(page);
  await tell(page, 'client-card', {
    client_card_fields: [
      { field: 'email', visible: true },
      { field: 'phone', visible: true, mask: true, copy: true, label: 'Мобільний' },
      { field: 'username', visible: false },
      { field: 'fullName', visible: true, pinned: true },
    ],
  });
  // Where one column is shown at a time, it is the one with the card.
  await expect(frame.locator('.op-card')).toBeVisible();
  await expect(frame.locator('.op-card .op-field__label')).toHaveText([/прізвище/, 'Електронна пошта', 'Мобільний']);
  await expect(frame.locator('.op-field--masked .op-field__value')).toHaveText('+••• •• ••• 00 00');
  await page.getByRole('button', { name: 'Широкий екран' }).click();
  await frame.getByRole('button', { name: 'Копіювати: Мобільний' }).click();
  await expect(frame.locator('.op-said')).toHaveText('Скопійовано: Мобільний');
  await tell(page, 'client-card', { client_card_fields: [] });
  await expect(frame.locator('.op-card__empty')).toBeVisible();
});

test('a style that is being written dresses the panel and nothing else', async ({ page }) => {
  await page.goto('/settings/tags/new');
  await hydrated(page);
  const frame = await beside(page);
  const before = await page.locator('body').evaluate((body) => getComputedStyle(body).backgroundColor);
  await tell(page, 'styles', { light: { overdue: '#123456' }, sizes: { radius: '3' }, css: 'of which the panel is told apart' });
  const css = '@layer op-own { .op-head__name { color: rgb(1, 2, 3); } body { background: rgb(9, 9, 9); } .op-broken { color: } }';
  await page.locator('iframe.sample__frame').evaluate(
    (frame: HTMLIFrameElement, css) => frame.contentWindow?.postMessage({ pult: 'css', css }, '*'),
    css,
  );
  await expect(frame.locator('.op-head__name')).toHaveCSS('color', 'rgb(1, 2, 3)');
  await expect(frame.locator('.op-dialog--overdue')).toHaveCSS('border-inline-start-color', 'rgb(18, 52, 86)');
  await expect(frame.locator('.op-message--client').first()).toHaveCSS('border-start-start-radius', '3px');
  expect(await page.locator('body').evaluate((body) => getComputedStyle(body).backgroundColor)).toBe(before);
  await tell(page, 'styles', {});
  await expect(frame.locator('.op-dialog--overdue')).toHaveCSS('border-inline-start-color', 'rgb(194, 48, 42)');
});

test('in picking mode a press names the part and does nothing else', async ({ page }) => {
  await page.goto('/settings/tags/new');
  await hydrated(page);
  const frame = await beside(page);
  await page.evaluate(() => {
    addEventListener('message', (event) => {
      if (event.data?.pult === 'picked') document.body.dataset.picked = event.data.part;
    });
  });
  const pick = (on: boolean) =>
    page.locator('iframe.sample__frame').evaluate((frame: HTMLIFrameElement, on) => frame.contentWindow?.postMessage({ pult: 'pick', on }, '*'), on);
  await pick(true);
  await expect(frame.locator('.op-panel')).toHaveAttribute('data-pick', '');
  await frame.locator('.op-composer__send').click();
  await expect(page.locator('body')).toHaveAttribute('data-picked', 'op-composer__send');
  await frame.locator('.op-composer__mode').last().click();
  await expect(page.locator('body')).toHaveAttribute('data-picked', 'op-composer__mode');
  await expect(frame.locator('.op-composer--internal')).toHaveCount(0);
  await pick(false);
  await frame.locator('.op-composer__mode').last().click();
  await expect(frame.locator('.op-composer--internal')).toHaveCount(1);
});

test('a narrow screen shows the form or its sample, as one chooses', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 800 });
  await page.goto('/settings/hotkeys');
  await hydrated(page);
  const frame = page.locator('iframe.sample__frame');
  const form = page.locator('.hotkeys');
  await expect(form).toBeVisible();
  await expect(frame).toBeHidden();
  await page.getByRole('button', { name: 'Зразок', exact: true }).click();
  await expect(frame).toBeVisible();
  await expect(form).toBeHidden();
  await expect((await beside(page)).locator('.op-panel')).toBeVisible();
  await axe(page);
  await noOverflow(page);
  await shot(page, 'sample.uk.light.390');
  await page.getByRole('button', { name: 'Форма', exact: true }).click();
  await expect(form).toBeVisible();
  await expect(frame).toBeHidden();
});

test('Ctrl+S in the sample saves the form beside it', async ({ page }) => {
  const made = await page.request.post('/api/v1/settings/tags', { data: { name: 'До проби' } });
  const { id } = await made.json();
  await page.goto(`/settings/tags/${id}`);
  await hydrated(page);
  await page.getByRole('textbox', { name: 'Назва' }).fill('Після проби');
  const frame = await beside(page);
  await frame.locator('.op-composer__field').click();
  await page.keyboard.press('Control+S');
  await expect.poll(async () => (await (await page.request.get(`/api/v1/settings/tags/${id}`)).json()).value.name).toBe('Після проби');
});

test('of more replies than the panel is told, the last by name is found by its shortcut', async ({ page, expectError }) => {
  const create = (title: string, shortcut: string, uk: string) => ({ op: 'create', section: 'replies', value: { title, shortcut, text: { uk } } });
  const many = Array.from({ length: 420 }, (_, n) => create(`Відповідь ${String(n).padStart(3, '0')}`, `в${n}`, `Текст номер ${n}`));
  const last = create('Яскрава остання', 'zorya', 'Знайдено останню, {{client.first_name}}.');
  const answer = await page.request.post('/api/v1/commits', { data: { operations: [...many, last], accept: ['*'] } });
  expect(answer.ok(), await answer.text()).toBe(true);

  await page.goto('/preview');
  await hydrated(page);
  const whole = page.getByRole('textbox', { name: 'Відповідь клієнту' });
  await whole.pressSequentially('/zor');
  await expect(page.locator('.op-reply--current')).toContainText('Яскрава остання');
  await whole.press('Enter');
  await expect(whole).toHaveValue('Знайдено останню, Олена.');
  // The same keys on the other layout.
  await whole.fill('');
  await whole.pressSequentially('/ящкнф');
  await expect(page.locator('.op-reply--current')).toContainText('Яскрава остання');
  // What nobody has is a search no more once a word is done.
  await whole.fill('');
  await whole.pressSequentially('/немає такого');
  await expect(page.locator('.op-replies')).toHaveCount(0);
  // While nothing answers, those that are known stay.
  expectError(/net::ERR_FAILED/);
  await page.route('**/rpc/list', (route) => route.abort());
  await whole.fill('');
  await whole.pressSequentially('/в12');
  await expect(page.locator('.op-reply--current')).toContainText('Відповідь 012');
  await page.unroute('**/rpc/list');

  await page.goto('/settings/tags/new');
  await hydrated(page);
  const frame = await beside(page);
  const framed = frame.getByRole('textbox', { name: 'Відповідь клієнту' });
  await framed.pressSequentially('/zorya');
  await expect(frame.locator('.op-reply--current')).toContainText('Яскрава остання');
  await framed.press('Enter');
  await expect(framed).toHaveValue('Знайдено останню, Олена.');
  // The value that is being edited stays before others as good.
  await tell(page, 'replies', { title: 'Зоряна', shortcut: 'zoryana', text: { uk: 'Ще не збережено.' } });
  await framed.fill('');
  await framed.pressSequentially('/zor');
  await expect(frame.locator('.op-reply__title')).toHaveText(['Зоряна', 'Яскрава остання']);
});
