import { stripVTControlCharacters } from 'node:util';
import { afterAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { SiteView, StepView } from '../../cli/api.ts';
import { LONGEST_NAME, seconds } from '../../cli/live-lines.ts';
import { LiveSteps } from '../../cli/live-steps.ts';
import { KINDS, listed } from '../../resources/list.ts';

const createdAt = '2026-11-22T12:00:00.000Z';
const after = (s: number) => new Date(Date.parse(createdAt) + s * 1000).toISOString();

const step = (name: string, changes: Partial<StepView> = {}): StepView => ({
  name,
  state: 'done',
  startedAt: createdAt,
  endedAt: after(1),
  made: [],
  ...changes,
});
const waiting = (name: string, waitingFor: string): StepView => {
  const { endedAt: _, ...open } = step(name, { state: 'waiting', waitingFor });
  return open;
};
const view = (...steps: StepView[]): SiteView => ({
  domain: 'shop.example.test',
  state: 'pending',
  site: {
    domain: 'shop.example.test',
    aliases: [],
    edge: 'load-balancer',
    http: 'redirect',
    origin: { instance: { id: 'i-1', port: 80, healthPath: '/' } },
  },
  steps,
  timeline: [],
  createdAt,
});

/** A terminal of that width, or a pipe; and what was written to it. */
function output(columns?: number): { out: NodeJS.WriteStream; written: string[] } {
  const written: string[] = [];
  const write = (text: string) => written.push(text) > 0;
  const out = { write, ...(columns === undefined ? { isTTY: false } : { isTTY: true, columns, rows: 10 }) };
  return { out: out as unknown as NodeJS.WriteStream, written };
}
/** As read, without colours; what the wall clock says is left out. */
const plain = (written: string[]) => stripVTControlCharacters(written.join('')).replace(/^(.{12}) +\d+\.\d s/gm, '$1');

test('the column of the names has room for every step', () => {
  const names = KINDS.flatMap((kind) => {
    const { prepare, shift, release } = listed(kind);
    return [prepare, shift, release].flatMap((name) => name ?? []);
  });
  const longest = [...names, 'WriteViewerValidationRecords', 'AwaitViewerCertificate'].map(({ length }) => length);
  expect(Math.max(...longest)).toBe(LONGEST_NAME);
});

describe('LiveSteps', () => {
  const zone = step('FindZone', {
    message: 'Created the hosted zone "shop.example.test"; its name servers are ns-1.awsdns-01.org, ns-2.awsdns-02.net',
    made: [{ type: 'hosted zone', id: 'Z1', ours: true, detail: 'shop.example.test' }],
  });
  const { TERM } = process.env;
  beforeEach(() => {
    process.env['TERM'] = 'xterm';
  });
  afterAll(() => {
    process.env['TERM'] = TERM;
  });

  test('in a pipe writes each step once, whole, with what it made below', () => {
    const { out, written } = output();
    const live = new LiveSteps(out);
    live.update(view(zone));
    live.update(view(zone));
    live.end();
    expect(plain(written).split('\n').slice(1)).toEqual([
      `       1.0 s   ✔ FindZone                     ${zone.message}`,
      `${' '.repeat(54)}+ hosted zone Z1`,
      '',
    ]);
  });

  test('keeps signs in one column, whether minutes have passed or not', () => {
    const { out, written } = output();
    new LiveSteps(out).update(view(zone, step('MarkLive', { endedAt: after(250) })));
    const lines = written
      .join('')
      .split('\n')
      .filter((line) => line.includes('✔'));
    expect(lines.map((line) => stripVTControlCharacters(line).indexOf('✔'))).toEqual([23, 23]);
  });

  test('in a pipe tells a wait once', () => {
    const { out, written } = output();
    const live = new LiveSteps(out);
    for (let look = 0; look < 3; look++) live.update(view(waiting('AwaitSync', 'Waiting for Route 53')));
    expect(plain(written).match(/… AwaitSync +Waiting for Route 53/g)).toHaveLength(1);
  });

  test('in a pipe tells when a wait began, of several that a step has', () => {
    const { out, written } = output();
    const timeline = [{ at: after(31), step: 'AwaitLoadBalancer', message: 'Waiting until it is healthy' }];
    new LiveSteps(out).update({ ...view(waiting('AwaitLoadBalancer', 'Waiting until it is healthy')), timeline });
    expect(plain(written)).toContain('      31.0 s   … AwaitLoadBalancer            Waiting until it is healthy');
  });

  test('does not repeat what a message has named', () => {
    const { out, written } = output();
    const made = [
      { type: 'record', id: 'shop.example.test A', ours: true },
      { type: 'listener', id: 'arn:aws:elasticloadbalancing:us-east-1:1:listener/app/np-1/5/6', ours: false },
    ];
    new LiveSteps(out).update(view(step('PointRecords', { message: 'The records stand: shop.example.test A', made })));
    expect(plain(written)).not.toContain('+ record');
    expect(plain(written)).toContain('listener app/np-1/5/6 (found)');
  });

  test.each([60, 80, 99, 100, 140])('keeps every line within %i columns, words whole', (columns) => {
    const { out, written } = output(columns);
    const live = new LiveSteps(out);
    live.update(view(zone, waiting('CheckDelegation', 'Waiting until "shop.example.test" is delegated to its zone')));
    const lines = stripVTControlCharacters(written.join('')).split('\n');
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(columns);
    expect(lines.join(' ').replace(/ +/g, ' ')).toContain(zone.message);
  });

  test('draws what runs again in the place where it was, in one write', () => {
    const { out, written } = output(80);
    const live = new LiveSteps(out);
    live.update(view(waiting('AwaitCertificate', 'Waiting until ACM issues the certificate')));
    live.update(view(step('AwaitCertificate')));
    expect(written).toHaveLength(3);
    expect(written[2]?.startsWith('\x1b[2F\x1b[0J')).toBe(true);
    live.end();
    expect(written).toHaveLength(3);
  });

  test('clears what a narrower terminal has broken into more lines', () => {
    const { out, written } = output(80);
    const live = new LiveSteps(out);
    live.update(view(waiting('AwaitCertificate', 'Waiting until ACM issues the certificate')));
    out.columns = 60;
    live.update(view(step('AwaitCertificate')));
    // 25 + 16 characters stay a line; 25 + 40 are two.
    expect(written[2]?.startsWith('\x1b[3F\x1b[0J')).toBe(true);
  });

  test('never draws more lines than the terminal has', () => {
    const { out, written } = output(60);
    const many = Array.from({ length: 8 }, (_, at) => waiting(`Step${at}`, 'Waiting '.repeat(30).trim()));
    new LiveSteps(out).update(view(...many));
    expect(written[1]?.trimEnd().split('\n')).toHaveLength(9);
  });

  test('does not move the cursor of a terminal that cannot', () => {
    process.env['TERM'] = 'dumb';
    const { out, written } = output(80);
    const live = new LiveSteps(out);
    for (let look = 0; look < 3; look++) live.update(view(waiting('AwaitSync', 'Waiting for Route 53')));
    expect(written.join('')).not.toContain('\x1b[1F');
    expect(written).toHaveLength(2);
  });
});

test('seconds() are told with minutes when there are some', () => {
  expect([7.25, 59.9, 60, 187].map(seconds)).toEqual(['7.3 s', '59.9 s', '1 min 00 s', '3 min 07 s']);
});
