// The client card: rows ordered by hand and by keyboard, by form and by JSON, beside the card that they make.

import type { Page } from '@playwright/test';
import { axe, createOwner, expect, hydrated, noOverflow, put, reads, shot, signedOut, tabTo, test } from './fixture.ts';

const saved = (page: Page) => expect(page.getByRole('status').filter({ hasText: 'Збережено' }).first()).toBeVisible();
const save = (page: Page) => page.getByRole('button', { name: 'Зберегти', exact: true }).click();
const shown = (page: Page) => page.locator('.client-card__row .client-card__label');

/** Writes another document of fields or of the card. */
const write = (page: Page, url: string, section: string, revision: number, value: unknown, accept = '') =>
  put(page, url, section, revision, JSON.stringify(value), accept);

const value = async (page: Page, url: string) => (await (await page.request.get(`${url}/api/v1/settings/client-card`)).json()).value;

test.use({ storageState: signedOut });

test.beforeEach(async ({ page, fresh }) => {
  await createOwner(page, fresh.setupLink);
  const fields = { city: { type: 'STRING', label: 'Місто' }, phone: { type: 'STRING', label: 'Інший телефон' } };
  expect((await write(page, fresh.url, 'client-fields', 0, { client_fields_json: fields })).status).toBe(200);
});

async function open(page: Page, url: string, view = '') {
  await page.goto(`${url}/settings/client-card${view}`);
  await hydrated(page);
}

test('rows are placed, moved by keyboard, masked and hidden, and the card shows it at once', async ({ page, fresh }) => {
  await open(page, fresh.url);
  for (const name of ['Телефон', 'Електронна пошта', 'Місто', 'Інший телефон']) {
    await page.getByRole('button', { name: `Додати на картку: ${name}`, exact: true }).click();
  }
  await expect(shown(page)).toHaveText(['Телефон', 'Електронна пошта', 'Місто', 'Інший телефон']);
  await page.getByRole('button', { name: 'Перетягнути: Місто' }).focus();
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowUp');
  await expect(page.getByRole('button', { name: 'Перетягнути: Місто' })).toBeFocused();
  await expect(shown(page)).toHaveText(['Місто', 'Телефон', 'Електронна пошта', 'Інший телефон']);

  await page.locator('#field-client_card_fields').getByRole('button', { name: 'Телефон', exact: true }).click();
  await page.getByRole('switch', { name: 'Приховувати значення' }).check();
  await page.getByRole('switch', { name: 'Закріплене' }).check();
  await page.getByRole('textbox', { name: 'Підпис' }).fill('Дзвонити');
  await page.getByRole('switch', { name: 'На картці: Електронна пошта' }).uncheck();
  await expect(shown(page)).toHaveText([/Дзвонити/, 'Місто', 'Інший телефон']);
  await expect(page.locator('.client-card__row').first().locator('.client-card__value')).toContainText('•');
  await save(page);
  await saved(page);
  expect(await value(page, fresh.url)).toEqual({
    client_card_fields: [
      { field: 'city', visible: true, extra_data: true },
      { field: 'phone', visible: true, label: 'Дзвонити', pinned: true, mask: true },
      { field: 'email', visible: false },
      { field: 'phone', visible: true, extra_data: true },
    ],
  });
});

test('rows are dragged by pointer', async ({ page, fresh }) => {
  await write(page, fresh.url, 'client-card', 0, { client_card_fields: [{ field: 'phone' }, { field: 'email' }, { field: 'username' }] });
  await open(page, fresh.url);
  const handle = page.getByRole('button', { name: 'Перетягнути: Ім’я в каналі' });
  const first = page.locator('#field-client_card_fields > li').first();
  const [from, to] = [await handle.boundingBox(), await first.boundingBox()];
  if (!from || !to) throw new Error('the rows are not drawn');
  await page.mouse.move(from.x + from.width / 2, from.y + from.height / 2);
  await page.mouse.down();
  await page.mouse.move(to.x + 20, to.y + 6, { steps: 5 });
  await page.mouse.up();
  await expect(shown(page)).toHaveText(['Ім’я в каналі', 'Телефон', 'Електронна пошта']);
});

test('a mistake is refused at its row, an undefined field is only warned about', async ({ page, fresh }) => {
  const codes = async (rows: unknown[], accept = '') => {
    const { status, text } = await write(page, fresh.url, 'client-card', 0, { client_card_fields: rows }, accept);
    const [first] = JSON.parse(text).errors ?? [];
    return [status, first?.pointer, first?.code];
  };
  expect(await codes([{ field: 'phone' }, { field: 'phone' }])).toEqual([422, '/client_card_fields/1/field', 'repeated']);
  expect(await codes([{ field: 'phone', size: 1 }])).toEqual([422, '/client_card_fields/0/size', 'unknown_property']);
  expect(await codes([{ field: 'fax' }])).toEqual([422, '/client_card_fields/0/field', 'unknown_native']);
  const rows = [{ field: 'phone' }, { field: 'phone', extra_data: true }, { field: 'fax', extra_data: true }, { field: 'clientType', extra_data: true }];
  expect(await codes(rows, 'field_undefined')).toEqual([200, undefined, undefined]);
  await open(page, fresh.url);
  await expect(shown(page)).toHaveText(['Телефон', 'Інший телефон', /^fax/, 'Тип клієнта']);
});

test('the bare list of the panel is read, and a field is completed where it is named', async ({ page, fresh }) => {
  expect((await write(page, fresh.url, 'client-card', 0, [{ field: 'phone' }])).status).toBe(200);
  expect(await value(page, fresh.url)).toEqual({ client_card_fields: [{ field: 'phone', visible: true }] });

  await open(page, fresh.url, '?view=json');
  const text = page.getByRole('textbox', { name: 'JSON' });
  await expect(page.locator('code-editor textarea')).toHaveCount(0);
  const type = async (json: string) => {
    await text.click();
    await page.keyboard.press('Control+a');
    await page.keyboard.insertText(json);
  };
  await type('[{"field":"email"},{"field":"fax"}]');
  await expect(page.getByRole('button', { name: 'рядок 1:29' })).toBeVisible();
  await type('[{"field":"email"},{"field":"city","extra_data":true}]');
  await save(page);
  await saved(page);
  const rows = [{ field: 'email', visible: true }, { field: 'city', visible: true, extra_data: true }];
  expect(await value(page, fresh.url)).toEqual({ client_card_fields: rows });
  await expect.poll(() => text.innerText()).toContain('"client_card_fields"');

  // What is defined and not on the card yet, the panel's own and the client's, each with its label.
  await type('[{"field":"email"},{"field":"city","extra_data":true},{"field":');
  await page.keyboard.type('"');
  const choices = page.getByRole('listbox', { name: 'Підказки' }).getByRole('option');
  await expect(choices.filter({ hasText: '"phone"' })).toHaveText([/Телефон/, /Інший телефон · extra_data/]);
  await expect(choices.filter({ hasText: /"(email|city|visible|label)"/ })).toHaveCount(0);
  await choices.filter({ hasText: '"username"' }).click();
  await expect.poll(() => text.innerText()).toMatch(/\{"field":"username"/);
});

test('the card beside the rows and the one in the panel show the same', async ({ page, fresh }) => {
  const client_fields_json = {
    city: { type: 'STRING', label: 'Місто', group: 'Адреса' },
    since: { type: 'DATE', label: 'З якого дня', max: 'today' },
    vip: { type: 'BOOLEAN', label: 'VIP', group: 'Договір' },
    plan: { type: 'SELECT', label: 'Тариф', options: [{ value: 'a', label: 'Базовий' }] },
    phone: { type: 'STRING', label: 'Інший телефон' },
  };
  expect((await write(page, fresh.url, 'client-fields', 1, { client_fields_json })).status).toBe(200);
  const extra = (field: string, more = {}) => ({ field, extra_data: true, ...more });
  const rows = [
    extra('city'), { field: 'created_at' }, extra('vip'), extra('since', { group: 'Адреса' }), { field: 'phone', mask: true, copy: true },
    extra('plan'), extra('lost'), extra('phone', { pinned: true, group: 'Договір' }), { field: 'email', visible: false },
  ];
  expect((await write(page, fresh.url, 'client-card', 0, { client_card_fields: rows }, 'field_undefined')).status).toBe(200);
  await page.setViewportSize({ width: 1800, height: 1000 });
  await open(page, fresh.url);
  const frame = page.frameLocator('iframe.sample__frame');
  const beside = {
    headings: page.locator('.client-card__group'),
    labels: page.locator('.client-card__label'),
    values: page.locator('.client-card__value > span:first-child'),
  };
  const inPanel = {
    headings: frame.locator('.op-card__group .op-card__title'),
    labels: frame.locator('.op-card .op-field__label'),
    values: frame.locator('.op-card .op-field__value > span:first-child'),
  };
  const labels = ['Інший телефон', 'Перше звернення', 'Телефон', 'Тариф', /^\s*lost/, 'Місто', 'З якого дня', 'VIP'];
  for (const { headings, labels: shownLabels, values } of [beside, inPanel]) {
    await expect(headings).toHaveText(['Адреса', 'Договір']);
    await expect(shownLabels).toHaveText(labels);
    await expect(values).toHaveText(['Зразок', '14.03.2025, 09:30', '+••• •• ••• 00 00', 'Базовий', '—', 'Зразок', '14.03.2025', 'Так']);
  }
});

test('two people move and change different rows, and both changes stand', async ({ page, fresh, expectStatus }) => {
  await write(page, fresh.url, 'client-card', 0, { client_card_fields: [{ field: 'phone' }, { field: 'email' }] });
  await open(page, fresh.url);
  await page.getByRole('switch', { name: 'На картці: Телефон' }).uncheck();
  await write(page, fresh.url, 'client-card', 1, { client_card_fields: [{ field: 'email', copy: true }, { field: 'phone' }] });
  expectStatus(409);
  await save(page);
  await expect.poll(() => value(page, fresh.url)).toEqual({
    client_card_fields: [{ field: 'email', visible: true, copy: true }, { field: 'phone', visible: false }],
  });
});

test('the keyboard alone is enough, and an earlier card comes back', async ({ page, fresh }) => {
  const before = { client_card_fields: [{ field: 'phone', visible: true }] };
  expect((await write(page, fresh.url, 'client-card', 0, before)).status).toBe(200);
  await open(page, fresh.url);
  await tabTo(page, page.getByRole('button', { name: 'Додати на картку: Місто', exact: true }));
  await page.keyboard.press('Enter');
  await expect(shown(page)).toHaveText(['Телефон', 'Місто']);
  await tabTo(page, page.getByRole('button', { name: 'Перетягнути: Місто' }), 'Shift+Tab');
  await page.keyboard.press('ArrowUp');
  await expect(shown(page)).toHaveText(['Місто', 'Телефон']);
  await tabTo(page, page.getByRole('switch', { name: 'На картці: Телефон' }));
  await page.keyboard.press('Space');
  await expect(shown(page)).toHaveText(['Місто']);
  await page.keyboard.press('Control+s');
  await saved(page);
  expect(await value(page, fresh.url)).toEqual({
    client_card_fields: [{ field: 'city', visible: true, extra_data: true }, { field: 'phone', visible: false }],
  });

  await open(page, fresh.url, '?view=history');
  await page.getByRole('button', { name: 'Відновити' }).first().click();
  await expect.poll(() => value(page, fresh.url)).toEqual(before);
  await open(page, fresh.url);
  await expect(shown(page)).toHaveText(['Телефон']);
});

for (const language of ['uk', 'en'] as const) {
  for (const theme of ['light', 'dark'] as const) {
    test(`the card fits, ${language} ${theme}`, async ({ page, fresh }) => {
      const rows = [{ field: 'fullName', pinned: true }, { field: 'phone', copy: true, mask: true }, { field: 'city', extra_data: true, group: 'Address' }];
      await write(page, fresh.url, 'client-card', 0, { client_card_fields: rows });
      await reads(page.context(), fresh.url, language, theme);
      await open(page, fresh.url);
      await page.locator('#field-client_card_fields .items__toggle').first().click();
      await expect(shown(page)).toHaveCount(3);
      for (const width of [1440, 320]) {
        await page.setViewportSize({ width, height: 900 });
        await axe(page);
        await noOverflow(page);
        await shot(page, `client-card-${language}-${theme}-${width}`);
      }
    });
  }
}
