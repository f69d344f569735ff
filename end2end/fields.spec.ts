// Additional fields as people define them: by form and by JSON, tried before they are saved, moved by keyboard, kept exactly.

import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from '@playwright/test';
import { axe, createOwner, expect, hydrated, noOverflow, program, put, reads, shot, signedOut, tabTo, test } from './fixture.ts';

const fields = '/settings/client-fields';

/** A console of its own for each test: documents have no second copy to play with. */
async function open(page: Page, url: string, path = fields) {
  await page.goto(`${url}${path}`);
  await hydrated(page);
}

const saved = (page: Page) => expect(page.getByRole('status').filter({ hasText: 'Збережено' }).first()).toBeVisible();
const save = (page: Page) => page.getByRole('button', { name: 'Зберегти', exact: true }).click();
const names = (page: Page) => page.locator('#fields-list .items__name').allTextContents();

async function get(page: Page, url: string, section: string) {
  return (await page.request.get(`${url}/api/v1/settings/${section}`)).text();
}

async function add(page: Page, type: string, label: string) {
  await page.getByRole('button', { name: 'Додати поле' }).click();
  await page.locator('#fields-types').getByRole('button', { name: type, exact: true }).click();
  await page.getByRole('textbox', { name: 'Підпис', exact: true }).last().fill(label);
}

test.use({ storageState: signedOut });

test.beforeEach(async ({ page, fresh }) => {
  await createOwner(page, fresh.setupLink);
});

test('what one goes on to after the label keeps its click, its focus and its text', async ({ page, fresh }) => {
  await open(page, fresh.url);
  const key = page.getByRole('textbox', { name: 'Ключ' });
  await add(page, 'Число', 'Перше поле');
  // A click, pressed and let go as a hand does it.
  const pinned = page.getByRole('switch', { name: 'Обов’язкове' });
  await pinned.hover();
  await page.mouse.down();
  await page.mouse.up();
  await expect(key).toHaveValue('pershe_pole');
  await expect(pinned).toBeChecked();

  await page.locator('#fields-list .items__toggle').first().click();
  await add(page, 'Текст', 'Друге поле');
  await page.keyboard.press('Tab');
  await expect(key).toHaveValue('druhe_pole');
  await expect(key).toBeFocused();

  // A save from within the label takes the key along.
  await page.locator('#fields-list .items__toggle').last().click();
  await add(page, 'Дата', 'Третє поле');
  await page.keyboard.press('Control+S');
  await saved(page);
  expect(Object.keys(JSON.parse(await get(page, fresh.url, 'client-fields')).value.client_fields_json)).toEqual(['pershe_pole', 'druhe_pole', 'tretie_pole']);
});

test('a field is added, tried, put on the card and saved in one commit', async ({ page, fresh }) => {
  await open(page, fresh.url);
  await add(page, 'Текст', 'Табельний номер');
  // The key follows the label until somebody names it.
  await page.getByRole('textbox', { name: 'Ключ' }).click();
  await expect(page.getByRole('textbox', { name: 'Ключ' })).toHaveValue('tabelnyi_nomer');
  await page.getByRole('textbox', { name: 'Ключ' }).fill('1x');
  await page.keyboard.press('Tab');
  await expect(page.getByText('латинська літера, далі')).toBeVisible();
  await page.getByRole('textbox', { name: 'Ключ' }).fill('employee');
  await page.keyboard.press('Tab');
  await page.getByRole('textbox', { name: 'Шаблон' }).fill('[A-Z]{2}-\\d{4}');
  await page.getByRole('switch', { name: "Обов’язкове" }).check();

  // Tried as it will be filled in.
  await page.getByRole('button', { name: 'Спробувати' }).click();
  const box = page.locator('#try-employee');
  await box.fill('SP-1');
  await expect(page.getByText('Не відповідає шаблону')).toBeVisible();
  await box.fill('SP-0042');
  await expect(page.locator('.try__outcome')).toHaveText('Підходить');
  await box.fill('');
  await expect(page.locator('.try').getByText('Заповніть це поле')).toBeVisible();
  await page.getByRole('textbox', { name: 'Зразки для шаблону: Табельний номер' }).fill('AB-1234\nab-1234');
  await expect(page.locator('.try__verdict').nth(0)).toContainText('Підходить');
  await expect(page.locator('.try__verdict').nth(1)).toContainText('Не підходить');

  await page.getByRole('switch', { name: 'На картці: Табельний номер' }).check();
  await expect(page.locator('.save__count')).toHaveText('2 зміни');
  await save(page);
  await saved(page);
  expect(await get(page, fresh.url, 'client-fields')).toContain(
    '"value":{"client_fields_json":{"employee":{"type":"STRING","label":"Табельний номер","pattern":"[A-Z]{2}-\\\\d{4}","required":"true"}}}',
  );
  expect(await get(page, fresh.url, 'client-card')).toContain(
    '"value":{"client_card_fields":[{"field":"employee","visible":true,"extra_data":true}]}',
  );
  const commits = await (await page.request.get(`${fresh.url}/api/v1/commits`)).json();
  expect(commits.commits[0].changes.map((change: { section: string }) => change.section).sort()).toEqual(['client-card', 'client-fields']);

  // A saved key stays: there is no box for it any more, and JSON with another one is refused at its place.
  await expect(page.getByRole('textbox', { name: 'Ключ' })).toHaveCount(0);
  const renamed = '{"client_fields_json":{"worker":{"type":"STRING","label":"Табельний номер","pattern":"[A-Z]{2}-\\\\d{4}","required":"true"}}}';
  const refused = await put(page, fresh.url, 'client-fields', 1, renamed, '*');
  expect([refused.status, JSON.parse(refused.text).errors[0].code]).toEqual([422, 'alias_changed']);

  // Out of both documents with one press.
  await page.reload();
  await hydrated(page);
  await page.getByRole('button', { name: 'Прибрати: Табельний номер' }).click();
  await expect(page.getByRole('dialog')).toContainText('стоїть на картці');
  await page.getByRole('dialog').getByRole('button', { name: 'Прибрати' }).click();
  await save(page);
  await page.getByRole('dialog').getByRole('button', { name: 'Зберегти' }).click();
  await saved(page);
  expect(await get(page, fresh.url, 'client-card')).toContain('"value":{"client_card_fields":[]}');
});

test('a field that goes from the JSON leaves the card in the same commit, and comes back with its text', async ({ page, fresh }) => {
  const field = (label: string) => ({ type: 'STRING', label });
  const document = (definitions: object) => JSON.stringify({ client_fields_json: definitions });
  const [city, age] = [field('Місто'), field('Вік')];
  await put(page, fresh.url, 'client-fields', 0, document({ city, age }));
  const row = (name: string) => ({ field: name, visible: true, extra_data: true });
  await put(page, fresh.url, 'client-card', 0, JSON.stringify({ client_card_fields: [row('city'), { field: 'phone', visible: true }, row('age')] }));
  await open(page, fresh.url, `${fields}?view=json`);
  const text = page.getByRole('textbox', { name: 'JSON' });
  await expect(page.locator('code-editor textarea')).toHaveCount(0);
  const count = page.locator('.save__count');

  await text.click();
  await page.keyboard.press('Control+a');
  await page.keyboard.insertText(document({ age }));
  await expect(count).toHaveText('2 зміни');
  await page.keyboard.press('Control+z');
  await expect(count).toHaveCount(0);
  // Seen in the form it is the same, and a change of both views is one save.
  await page.locator('.tabs').getByRole('link', { name: 'Форма' }).click();
  const switched = page.getByRole('switch', { name: 'На картці: Місто' });
  await expect(switched).toBeChecked();
  await page.getByRole('switch', { name: 'На картці: Вік' }).uncheck();
  await page.locator('.tabs').getByRole('link', { name: /JSON/ }).click();
  await expect(count).toHaveText('1 зміна');
  await text.click();
  await page.keyboard.press('Control+a');
  await page.keyboard.insertText(document({ age }));
  await expect(count).toHaveText('3 зміни');

  await save(page);
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('зникне й з картки клієнта: city');
  await expect(dialog).not.toContainText('ще стоїть на картці');
  await dialog.getByRole('button', { name: 'Зберегти' }).click();
  await saved(page);
  expect(JSON.parse(await get(page, fresh.url, 'client-card')).value.client_card_fields).toEqual([
    { field: 'phone', visible: true },
    { ...row('age'), visible: false },
  ]);
  const commits = await (await page.request.get(`${fresh.url}/api/v1/commits`)).json();
  expect(commits.commits[0].changes.map((change: { section: string }) => change.section).sort()).toEqual(['client-card', 'client-fields']);

  // A program that writes the fields alone is still warned of what it leaves on the card.
  const refused = await put(page, fresh.url, 'client-fields', 2, document({}));
  expect([refused.status, JSON.parse(refused.text).errors.map(({ code }: { code: string }) => code)]).toEqual([422, ['field_on_card']]);
});

test('what is unfolded before its code has come is drawn with it, and gets the focus', async ({ page, fresh }) => {
  await open(page, fresh.url);
  let letThrough = () => {};
  const come = new Promise<void>((resolve) => (letThrough = resolve));
  let asked = 0;
  await page.route('**/*.pack', async (route) => {
    asked++;
    await come;
    await route.continue();
  });
  // The focus alone asks for it, before anything is chosen.
  await page.getByRole('button', { name: 'Додати поле' }).focus();
  await expect.poll(() => asked).toBeGreaterThan(0);
  await page.keyboard.press('Enter');
  await page.locator('#fields-types').getByRole('button', { name: 'Дата', exact: true }).click();
  await expect(page.locator('#fields-list .items__toggle')).toHaveAttribute('aria-expanded', 'true');
  const name = page.getByRole('textbox', { name: 'Підпис', exact: true });
  await expect(name).toHaveCount(0);
  letThrough();
  await expect(name).toBeFocused();
});

test("the panel's own JSON comes back to the byte, and its strangers are named", async ({ page, fresh }) => {
  const panel =
    '{"custom_fields_json":{"department":{"type":"STRING","label":"Відділ","unique":"true","panel_width":{"b":1,"a":null}},"birthday":{"label":"День народження","type":"DATE","non_editable":"true"}}}';
  expect((await put(page, fresh.url, 'user-fields', 0, panel)).status).toBe(422);
  expect((await put(page, fresh.url, 'user-fields', 0, panel, 'unknown_kept')).status).toBe(200);
  expect(await get(page, fresh.url, 'user-fields')).toContain(`"value":${panel}}`);

  await open(page, fresh.url, '/settings/user-fields');
  expect(await names(page)).toEqual(['Відділ', 'День народження']);
  await page.locator('#fields-list .items__toggle').first().click();
  await expect(page.getByText('Властивості, яких тут не знають: panel_width')).toBeVisible();

  // An edit in the form leaves them where they are, and nobody is asked about them again.
  await page.getByRole('textbox', { name: 'Підказка' }).fill('Де працює');
  await save(page);
  await saved(page);
  expect(await get(page, fresh.url, 'user-fields')).toContain('"unique":"true","panel_width":{"b":1,"a":null},"hint":"Де працює"},"birthday"');
});

test('fields are moved by keyboard, and an earlier order comes back', async ({ page, fresh }) => {
  const one = (label: string) => `{"type":"STRING","label":"${label}"}`;
  await put(page, fresh.url, 'client-fields', 0, `{"client_fields_json":{"a":${one('Перше')},"b":${one('Друге')},"c":${one('Третє')}}}`);
  await open(page, fresh.url);
  await page.getByRole('button', { name: 'Перетягнути: Третє' }).focus();
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowUp');
  await expect.poll(() => names(page)).toEqual(['Третє', 'Перше', 'Друге']);
  await expect(page.getByRole('button', { name: 'Перетягнути: Третє' })).toBeFocused();
  await save(page);
  await saved(page);
  expect(await get(page, fresh.url, 'client-fields')).toMatch(/"client_fields_json":\{"c":.*"a":.*"b":/);

  await page.goto(`${fresh.url}${fields}?view=history`);
  await hydrated(page);
  await page.getByRole('button', { name: 'Відновити' }).first().click();
  const confirm = page.getByRole('dialog').getByRole('button', { name: /Відновити|Зберегти/ });
  if (await confirm.count()) await confirm.first().click();
  await expect.poll(() => get(page, fresh.url, 'client-fields')).toMatch(/"client_fields_json":\{"a":.*"b":.*"c":/);
});

test('the keyboard alone is enough', async ({ page, fresh }) => {
  await open(page, fresh.url);
  await tabTo(page, page.getByRole('button', { name: 'Додати поле' }));
  await page.keyboard.press('Enter');
  await tabTo(page, page.locator('#fields-types').getByRole('button', { name: 'Число', exact: true }));
  await page.keyboard.press('Enter');
  const label = page.getByRole('textbox', { name: 'Підпис', exact: true });
  await expect(label).toBeFocused();
  await page.keyboard.insertText('Вік');
  await tabTo(page, page.getByRole('textbox', { name: 'Ключ' }), 'Shift+Tab');
  await expect(page.getByRole('textbox', { name: 'Ключ' })).toHaveValue('vik');
  await tabTo(page, page.getByRole('switch', { name: "Обов’язкове" }));
  await page.keyboard.press('Space');
  await tabTo(page, page.getByRole('switch', { name: 'На картці: Вік' }));
  await page.keyboard.press('Space');
  await page.keyboard.press('Control+s');
  await saved(page);
  expect(await get(page, fresh.url, 'client-fields')).toContain('{"vik":{"type":"INTEGER","label":"Вік","required":"true"}}');
  expect(await get(page, fresh.url, 'client-card')).toContain('[{"field":"vik","visible":true,"extra_data":true}]');
});

test('removing a field says how many clients have a value, as the panel reports', async ({ page, playwright, fresh }) => {
  await put(page, fresh.url, 'client-fields', 0, '{"client_fields_json":{"city":{"type":"STRING","label":"Місто"},"age":{"type":"INTEGER","label":"Вік"}}}');
  const panel = await program(page, playwright, fresh.url, 'integrator');
  for (const [source, part, count] of [['panel', 'city', 21], ['crm', 'age', 5]] as const) {
    const told = await panel.put(`/api/v1/settings/client-fields/0/uses/${source}?part=${part}`, { data: { count } });
    expect(told.status()).toBe(204);
  }
  await panel.dispose();
  await open(page, fresh.url);
  await page.getByRole('button', { name: 'Прибрати: Місто' }).click();
  await expect(page.getByRole('dialog')).toContainText('За даними panel, значення має 21 клієнт.');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Прибрати: Вік' }).click();
  await expect(page.getByRole('dialog')).toContainText('За даними crm, значення мають 5 клієнтів.');
  await expect(page.getByRole('dialog')).not.toContainText('panel');
});

test('two people change different fields, and both changes stand', async ({ page, fresh, expectStatus }) => {
  const text = (city: string, age: string) =>
    `{"client_fields_json":{"city":{"type":"STRING","label":"${city}"},"age":{"type":"INTEGER","label":"${age}"}}}`;
  await put(page, fresh.url, 'client-fields', 0, text('Місто', 'Вік'));
  await open(page, fresh.url);
  await page.locator('#fields-list').getByRole('button', { name: /Місто/, expanded: false }).click();
  await page.getByRole('textbox', { name: 'Підпис', exact: true }).fill('Місто проживання');
  await put(page, fresh.url, 'client-fields', 1, text('Місто', 'Повних років'));
  expectStatus(409);
  await save(page);
  await expect.poll(() => get(page, fresh.url, 'client-fields')).toContain(text('Місто проживання', 'Повних років'));
});

test('what is wrong is said at its field and at its line', async ({ page, fresh }) => {
  await put(page, fresh.url, 'client-fields', 0, '{"client_fields_json":{"age":{"type":"INTEGER","label":"Вік","min":1,"max":9}}}');
  await open(page, fresh.url);
  await page.locator('#fields-list').getByRole('button', { name: /Вік/, expanded: false }).click();
  await page.getByRole('textbox', { name: 'Найменше значення' }).fill('20');
  await expect(page.getByText('Найменше більше за найбільше (9)')).toBeVisible();
  await page.getByRole('link', { name: 'JSON' }).click();
  await expect(page.getByRole('button', { name: 'рядок 6:14' })).toBeVisible();
});

test('a source of options is asked by the server, and its answer is shown', async ({ page, fresh }) => {
  let up = true;
  const source = createServer((request, response) => {
    const q = new URL(request.url ?? '/', 'http://source').searchParams.get('q') ?? '';
    const items = [{ id: 1, name: 'Київ' }, { id: 2, name: 'Харків' }].filter(({ name }) => name.includes(q));
    response.writeHead(up ? 200 : 503, { 'content-type': 'application/json' }).end(JSON.stringify({ data: items }));
  });
  source.listen(0, '127.0.0.1');
  await once(source, 'listening');
  try {
    const { port } = source.address() as AddressInfo;
    const city = {
      type: 'SELECTAPI', label: 'Місто',
      source: { url: `http://127.0.0.1:${port}/cities`, query_parameter: 'q', list_path: 'data', value_path: 'id', label_path: 'name' },
    };
    const made = await put(page, fresh.url, 'client-fields', 0, JSON.stringify({ client_fields_json: { city } }), 'source_not_https');
    expect(made.status, made.text).toBe(200);
    await open(page, fresh.url);
    await page.locator('.try .items__toggle').click();
    const ask = page.getByRole('button', { name: 'Запитати' });

    // An address inside is refused until the instance allows it.
    await ask.click();
    await expect(page.locator('.try')).toContainText('Адреса внутрішня');
    const allowed = await page.request.patch(`${fresh.url}/api/v1/settings/instance`, {
      headers: { 'content-type': 'application/json', 'if-match': '"r1"', origin: fresh.url, 'pult-accept': '*' },
      data: { outgoing_hosts: [`127.0.0.1:${port}`] },
    });
    expect(allowed.status(), await allowed.text()).toBe(200);

    await page.locator('#try-city').fill('Хар');
    await page.keyboard.press('Enter');
    await expect(page.locator('.try__source')).toContainText(`GET http://127.0.0.1:${port}/cities?q=%D0%A5%D0%B0%D1%80`);
    await expect(page.locator('.try__raw')).toHaveText('{"data":[{"id":2,"name":"Харків"}]}');
    await page.locator('#try-city-options').selectOption({ label: 'Харків' });
    await expect(page.locator('.try__outcome')).toHaveText('Підходить');
    await axe(page);

    // While it is down, the last good answer serves, and it is said.
    up = false;
    await ask.click();
    await expect(page.locator('.try')).toContainText('Джерело відповіло з кодом 503');
    await expect(page.locator('.try')).toContainText('останньої вдалої відповіді');
    await expect(page.locator('#try-city-options option')).toHaveText(['1 варіант', 'Харків']);
  } finally {
    source.close();
    source.closeAllConnections();
  }
});

test('a header of a source is kept, never shown, and goes to no other address', async ({ page, fresh, expectStatus }) => {
  expectStatus(422);
  const heard: string[] = [];
  const source = createServer((request, answer) => {
    heard.push(request.headers.authorization ?? '');
    answer.writeHead(200, { 'content-type': 'application/json' });
    answer.end('["Київ"]');
  });
  source.listen(0, '127.0.0.1');
  await once(source, 'listening');
  const { port } = source.address() as AddressInfo;
  try {
    const allowed = await page.request.patch(`${fresh.url}/api/v1/settings/instance`, {
      headers: { 'content-type': 'application/json', 'if-match': '"r1"', origin: fresh.url, 'pult-accept': '*' },
      data: { outgoing_hosts: [`127.0.0.1:${port}`] },
    });
    expect(allowed.status(), await allowed.text()).toBe(200);
    await open(page, fresh.url);
    await add(page, 'Список по API', 'Місто');
    await page.getByRole('textbox', { name: 'Адреса' }).fill(`http://127.0.0.1:${port}/cities`);
    await page.getByRole('button', { name: 'Додати заголовок' }).click();
    // The new one has the focus; a name that can't be sent is complained about at its place.
    await page.keyboard.type('X Api');
    await page.keyboard.press('Tab');
    await expect(page.getByText('назву заголовка пишуть латиницею без пробілів')).toBeVisible();
    await page.getByRole('textbox', { name: 'Назва заголовка' }).fill('Authorization');
    await page.keyboard.press('Tab');
    const value = page.getByLabel('Значення заголовка Authorization');
    await value.fill('Bearer 4711');
    await expect(value).toHaveAttribute('type', 'password');

    // Tried before it is saved.
    await page.locator('.try .items__toggle').click();
    const ask = page.getByRole('button', { name: 'Запитати' });
    await ask.click();
    await expect(page.locator('.try__raw')).toHaveText('["Київ"]');
    expect(heard).toEqual(['Bearer 4711']);
    await save(page);
    await page.getByRole('dialog').getByRole('button', { name: 'Зберегти' }).click();
    await saved(page);

    // After a reload nobody sees it, and it is sent all the same.
    await open(page, fresh.url);
    expect(await page.content()).not.toContain('4711');
    expect(await get(page, fresh.url, 'client-fields')).not.toContain('4711');
    await page.locator('#fields-list .items__toggle').first().click();
    await expect(page.locator('.secret')).toContainText('Збережено, не показується');
    for (const [width, language] of [[1440, 'uk'], [320, 'uk'], [320, 'en']] as const) {
      await page.setViewportSize({ width, height: 900 });
      await reads(page.context(), fresh.url, language, 'light');
      await open(page, fresh.url);
      await page.locator('#fields-list .items__toggle').first().click();
      await page.locator('.secret').scrollIntoViewIfNeeded();
      await shot(page, `fields-header-${language}-${width}`);
      await axe(page);
      await noOverflow(page);
    }
    await page.setViewportSize({ width: 1440, height: 900 });
    await reads(page.context(), fresh.url, 'uk', 'light');
    await open(page, fresh.url);
    await page.locator('#fields-list .items__toggle').first().click();
    await page.locator('.try .items__toggle').click();
    await ask.click();
    await expect(page.locator('.try__raw')).toHaveText('["Київ"]');
    expect(heard).toEqual(['Bearer 4711', 'Bearer 4711']);

    // A draft keeps the rest of what was typed, not a secret.
    await page.getByRole('button', { name: 'Замінити' }).click();
    await page.keyboard.type('Bearer 0815');
    await page.getByRole('textbox', { name: 'Шлях до списку' }).fill('rows');
    await page.reload();
    await hydrated(page);
    await page.locator('#fields-list .items__toggle').first().click();
    await expect(page.getByRole('textbox', { name: 'Шлях до списку' })).toHaveValue('rows');
    await expect(page.locator('.secret')).toContainText('Збережено, не показується');
    expect(await page.evaluate(() => JSON.stringify(localStorage))).not.toContain('0815');

    // Another address asks for the value anew, at its place.
    await page.getByRole('textbox', { name: 'Шлях до списку' }).fill('');
    await page.getByRole('textbox', { name: 'Адреса' }).fill('https://elsewhere.example.com/cities');
    await save(page);
    await expect(page.locator('#fields-list')).toContainText('введіть значення ще раз');
    await page.getByRole('button', { name: 'Замінити' }).click();
    await page.keyboard.type('Bearer 0815');
    await save(page);
    await saved(page);
    await expect(page.locator('.secret')).toContainText('Збережено, не показується');

    // History says that it changed, and nothing more.
    await page.goto(`${fresh.url}${fields}?view=history`);
    await hydrated(page);
    expect(await page.content()).not.toContain('0815');
  } finally {
    source.close();
    source.closeAllConnections();
  }
});

for (const language of ['uk', 'en'] as const) {
  for (const theme of ['light', 'dark'] as const) {
    test(`all ten types, ${language} ${theme}`, async ({ page, fresh }) => {
      const all = {
        text: { type: 'STRING', label: 'Text', pattern: '\\d+', hint: 'Digits' },
        long: { type: 'TEXT', label: 'Long' },
        list: { type: 'SELECT', label: 'List', options: [{ value: 'a', label: 'First' }, { value: 'b', archived: 'true' }] },
        api: { type: 'SELECTAPI', label: 'Api', source: { url: 'https://example.com/cities' } },
        file: { type: 'FILE', label: 'File', extensions: ['pdf'], max_mb: 5 },
        number: { type: 'INTEGER', label: 'Number', min: 1 },
        big: { type: 'BIGINT', label: 'Big' },
        decimal: { type: 'FLOAT', label: 'Decimal', decimals: 2 },
        date: { type: 'DATE', label: 'Date', max: 'today' },
        flag: { type: 'BOOLEAN', label: 'Flag' },
      };
      expect((await put(page, fresh.url, 'client-fields', 0, JSON.stringify({ client_fields_json: all }))).status).toBe(200);
      await reads(page.context(), fresh.url, language, theme);
      await open(page, fresh.url);
      for (const row of await page.locator('#fields-list .items__toggle').all()) await row.click();
      await page.locator('.try .items__toggle').click();
      await page.locator('#try-decimal').fill('12,505');
      await expect(page.locator('.try [aria-invalid]')).toHaveCount(1);
      await page.locator('#try-decimal').fill('12,50');
      await expect(page.locator('.try__outcome')).toContainText('12.50');
      for (const width of [1440, 320]) {
        await page.setViewportSize({ width, height: 900 });
        // Scrolled as it was left, the head that sticks would lie a few pixels from whatever is below it.
        await page.evaluate(() => scrollTo(0, 0));
        await axe(page);
        await noOverflow(page);
        await shot(page, `fields-${language}-${theme}-${width}`);
      }
    });
  }
}
