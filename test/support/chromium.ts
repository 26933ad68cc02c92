import { type ChildProcess, spawn } from 'node:child_process';
import { createHash, X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';

/** What a browser shows and has said of a page. */
export interface Shown {
  status: number;
  /** The names of the certificate that the page came with; none where it came without TLS. */
  names: string[];
  /** The URLs that were asked for, the page's own with them. */
  requests: string[];
  /** Errors and warnings of the console. */
  complaints: string[];
}

interface Look {
  width: number;
  height?: number;
  scheme: 'light' | 'dark';
}

type Params = Record<string, unknown>;

interface Message {
  id?: number;
  method?: string;
  params?: Params;
  result?: Params;
  error?: { message: string };
}

/** Debian's Chromium without a window, with a profile that is thrown away. Speaks the DevTools protocol over pipes. */
export class Chromium {
  readonly #process: ChildProcess;
  readonly #profile: string;
  readonly #waiting = new Map<number, { resolve: (result: Params) => void; reject: (error: Error) => void }>();
  #listeners: ((method: string, params: Params) => void)[] = [];
  #count = 0;
  #session: string | undefined;

  private constructor(process: ChildProcess, profile: string) {
    this.#process = process;
    this.#profile = profile;
  }

  /**
   * With `proxy` it comes in by that alone; it takes the certificates that one of `authorities` (PEM) has signed, and no other ones
   * but those that browsers know.
   */
  static async start({ proxy, authorities = [] }: { proxy?: string; authorities?: string[] } = {}): Promise<Chromium> {
    const profile = mkdtempSync(join(tmpdir(), 'nameplate-chromium-'));
    const known = authorities.map((pem) =>
      createHash('sha256')
        .update(new X509Certificate(pem).publicKey.export({ type: 'spki', format: 'der' }))
        .digest('base64'),
    );
    const options = [
      '--headless=new',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-dev-shm-usage',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
      '--remote-debugging-pipe',
      `--user-data-dir=${profile}`,
      ...(proxy === undefined ? [] : [`--proxy-server=${proxy}`]),
      ...(known.length === 0 ? [] : [`--ignore-certificate-errors-spki-list=${known.join(',')}`]),
      'about:blank',
    ];
    const child = spawn('chromium', options, { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] });
    const browser = new Chromium(child, profile);
    browser.#listen();
    const { targetId } = await browser.#send('Target.createTarget', { url: 'about:blank' });
    const { sessionId } = await browser.#send('Target.attachToTarget', { targetId, flatten: true });
    browser.#session = String(sessionId);
    for (const domain of ['Page', 'Network', 'Log', 'Runtime']) await browser.#send(`${domain}.enable`);
    return browser;
  }

  /** How wide the window is, in CSS pixels, and which colours its user prefers. A phone's has two pixels for each. */
  async look({ width, height = 844, scheme }: Look): Promise<void> {
    const mobile = width < 600;
    await this.#send('Emulation.setDeviceMetricsOverride', {
      width,
      height,
      mobile,
      deviceScaleFactor: mobile ? 2 : 1,
    });
    const features = [{ name: 'prefers-color-scheme', value: scheme }];
    await this.#send('Emulation.setEmulatedMedia', { features });
  }

  async open(url: string): Promise<Shown> {
    const shown: Shown = { status: 0, names: [], requests: [], complaints: [] };
    const loaded = new Promise<void>((resolve) => {
      this.#listeners = [
        (method, params) => {
          note(shown, method, params);
          if (method === 'Page.loadEventFired') resolve();
        },
      ];
    });
    const { errorText } = await this.#send('Page.navigate', { url });
    if (errorText !== undefined) throw new Error(`Chromium cannot open ${url}: ${String(errorText)}`);
    await loaded;
    return shown;
  }

  /** The value of an expression in the page. */
  async value<Value>(expression: string): Promise<Value> {
    const { result, exceptionDetails } = await this.#send('Runtime.evaluate', { expression, returnByValue: true });
    if (exceptionDetails) throw new Error(`The page throws: ${JSON.stringify(exceptionDetails)}`);
    return (result as { value: Value }).value;
  }

  async close(): Promise<void> {
    const ended = once(this.#process, 'exit');
    await this.#send('Browser.close').catch(() => this.#process.kill());
    await ended;
    rmSync(this.#profile, { recursive: true, force: true, maxRetries: 5 });
  }

  #send(method: string, params: Params = {}): Promise<Params> {
    const id = ++this.#count;
    const session = this.#session !== undefined && !method.startsWith('Browser.') && { sessionId: this.#session };
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      (this.#process.stdio[3] as Writable).write(`${JSON.stringify({ id, method, params, ...session })}\0`);
    });
  }

  #listen(): void {
    const fail = (why: string) => {
      for (const { reject } of this.#waiting.values()) reject(new Error(`Chromium has ended: ${why}`));
      this.#waiting.clear();
    };
    this.#process.once('error', (error) => fail(error.message));
    this.#process.once('exit', (code) => fail(`exit status ${code}`));
    // It closes its end of the pipe when it ends.
    this.#process.stdio[3]?.on('error', () => {});
    let rest = '';
    (this.#process.stdio[4] as Readable).setEncoding('utf8').on('data', (text: string) => {
      const parts = `${rest}${text}`.split('\0');
      rest = parts.pop() ?? '';
      for (const part of parts) this.#hear(JSON.parse(part) as Message);
    });
  }

  #hear({ id, method, params = {}, result = {}, error }: Message): void {
    if (method !== undefined) for (const listener of this.#listeners) listener(method, params);
    const waiting = id !== undefined && this.#waiting.get(id);
    if (!waiting) return;
    this.#waiting.delete(id);
    if (error) waiting.reject(new Error(error.message));
    else waiting.resolve(result);
  }
}

function note(shown: Shown, method: string, params: Params): void {
  if (method === 'Network.requestWillBeSent') shown.requests.push((params['request'] as { url: string }).url);
  if (method === 'Network.responseReceived' && params['type'] === 'Document') {
    const { status, securityDetails } = params['response'] as {
      status: number;
      securityDetails?: { sanList: string[] };
    };
    Object.assign(shown, { status, names: securityDetails?.sanList ?? [] });
  }
  if (method === 'Log.entryAdded') shown.complaints.push((params['entry'] as { text: string }).text);
  if (method === 'Runtime.exceptionThrown') shown.complaints.push(JSON.stringify(params['exceptionDetails']));
  if (method === 'Runtime.consoleAPICalled' && params['type'] !== 'log') shown.complaints.push(JSON.stringify(params));
}
