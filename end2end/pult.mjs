// The release binary as a child process, and the system's Chromium: what the journeys and the bench both start.

import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** The binary under test. */
export const bin = resolve(process.env.PULT_BIN ?? join(import.meta.dirname, '../target/release/pult'));

/**
 * Where a program is installed; empty if it is not.
 * @param {string} name
 */
const path = (name) => spawnSync('which', [name], { encoding: 'utf8' }).stdout.trim();

/** How Playwright starts the installed Chromium, which must talk to nobody but Pult. */
export const chromium = {
  executablePath: path('chromium'),
  args: [
    '--no-sandbox',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--no-first-run',
    '--disable-quic',
  ],
};

/** The same without its window, where that is installed: quicker, and for journeys as good. */
export const headless = { ...chromium, executablePath: path('chromium-headless-shell') || chromium.executablePath };

/** The first person of every console that a test starts. The name is Latin, so that English pages stay English. */
export const owner = {
  firstName: 'Olena',
  lastName: 'Koval',
  email: 'olena@example.com',
  password: 'korabel-zelenyi-71',
};

/** Servers that must not outlive this process, however it ends. */
const children = new Set();
process.once('exit', () => children.forEach((child) => child.kill('SIGKILL')));

/** One running console on its own data directory and port. */
export class Pult {
  /** `http://127.0.0.1:<port>`, the same after a restart. */
  url = '';
  /** Everything it has printed since it was started. */
  output = '';
  dataDir = mkdtempSync(join(tmpdir(), 'pult-'));
  /** The path of the binary, for its other commands. */
  bin = bin;
  /** @type {import('node:child_process').ChildProcessByStdio<null, import('node:stream').Readable, import('node:stream').Readable> | undefined} */
  #child;

  static async start() {
    const pult = new Pult();
    try {
      await pult.start();
    } catch (error) {
      rmSync(pult.dataDir, { recursive: true, force: true });
      throw error;
    }
    return pult;
  }

  /** Starts on the port it had, or on any free one. Done when it listens. */
  async start() {
    this.output = '';
    const listen = this.url ? new URL(this.url).host : '127.0.0.1:0';
    const child = spawn(bin, ['serve', '--listen', listen, '--data', this.dataDir], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, PULT_URL: undefined, DATABASE_URL: undefined },
    });
    this.#child = child;
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text) => (this.output += text));
    }
    children.add(child);
    child.once('exit', () => children.delete(child));
    this.url = await this.said(/Pult listens on (\S+)/);
  }

  /** The link that makes the first owner; printed on the first start only. */
  get setupLink() {
    const link = /Set-up link: (\S+)/.exec(this.output)?.[1];
    if (!link) throw new Error(`no set-up link in:\n${this.output}`);
    return link;
  }

  /** Its process id, while it runs. */
  get pid() {
    return this.#running().pid;
  }

  /**
   * What `pattern` captures in the output, as soon as it is there.
   * @param {RegExp} pattern
   * @returns {Promise<string>}
   */
  said(pattern) {
    const child = this.#running();
    return new Promise((found, failed) => {
      const look = () => {
        const match = pattern.exec(this.output);
        if (match) settle(() => found(match[1] ?? match[0]));
      };
      const gone = () => settle(() => failed(new Error(`${bin} ended before it said ${pattern}:\n${this.output}`)));
      /** @param {unknown} error */
      const broken = (error) => settle(() => failed(error));
      /** @param {() => void} outcome */
      const settle = (outcome) => {
        child.stdout.off('data', look);
        child.off('close', gone).off('error', broken);
        outcome();
      };
      child.stdout.on('data', look);
      child.on('close', gone).on('error', broken);
      look();
    });
  }

  /** Asks it to end, as a service manager does; it must end well and soon. */
  async stop() {
    const [code, signal] = await this.#end('SIGTERM');
    if (code !== 0) throw new Error(`pult ended with ${code ?? signal}:\n${this.output}`);
  }

  /** Ends it without a chance to tidy up. */
  async kill() {
    await this.#end('SIGKILL');
  }

  async restart() {
    await this.stop();
    await this.start();
  }

  /** Stops it, if it still runs, and removes its data. */
  async [Symbol.asyncDispose]() {
    try {
      if (this.#child) await this.stop();
    } finally {
      rmSync(this.dataDir, { recursive: true, force: true });
    }
  }

  #running() {
    if (!this.#child) throw new Error('pult does not run');
    return this.#child;
  }

  /** @param {'SIGTERM' | 'SIGKILL'} signal */
  async #end(signal) {
    const child = this.#running();
    this.#child = undefined;
    if (child.exitCode !== null || child.signalCode !== null) return [child.exitCode, child.signalCode];
    const ended = once(child, 'exit', { signal: AbortSignal.timeout(15_000) });
    child.kill(signal);
    try {
      return await ended;
    } catch {
      child.kill('SIGKILL');
      throw new Error(`pult did not end within 15 s of ${signal}:\n${this.output}`);
    }
  }
}

/**
 * Waits until the page answers to its user: set by the console once it has hydrated.
 * @param {import('@playwright/test').Page} page
 */
export async function hydrated(page) {
  await page.locator('html[data-hydrated]').waitFor({ state: 'attached' });
}

/**
 * Follows a set-up link and creates the first owner, who is then signed in.
 * @param {import('@playwright/test').Page} page
 * @param {string} setupLink
 */
export async function createOwner(page, setupLink, person = owner) {
  await page.goto(setupLink);
  await page.getByLabel(/^Ім['’ʼ]я/).fill(person.firstName);
  await page.getByLabel(/^Прізвище/).fill(person.lastName);
  await page.getByLabel(/^Електронна пошта/).fill(person.email);
  await page.getByLabel(/^Пароль/).fill(person.password);
  await page.getByLabel(/^Повторіть пароль/).fill(person.password);
  await page.getByRole('button', { name: 'Створити обліковий запис' }).click();
  await page.waitForURL((url) => !url.pathname.startsWith('/set-up'));
  await hydrated(page);
}

/**
 * Signs in on the Ukrainian page.
 * @param {import('@playwright/test').Page} page
 * @param {string} email
 * @param {string} password
 */
export async function signIn(page, email, password) {
  await page.goto('/sign-in');
  await page.getByLabel(/^Електронна пошта/).fill(email);
  await page.getByLabel(/^Пароль/).fill(password);
  await page.getByRole('button', { name: 'Увійти' }).click();
  await page.waitForURL((url) => url.pathname !== '/sign-in');
  await hydrated(page);
}
