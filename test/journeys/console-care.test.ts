import { join } from 'node:path';
import type { ListRulesResponse } from '@aws-sdk/client-eventbridge';
import type { ListHostedZonesResponse, ListResourceRecordSetsResponse } from '@aws-sdk/client-route-53';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { frontEnd } from '../../cli/console/front-end.ts';
import { type ConsoleServer, serveConsole } from '../../cli/console/server.ts';
import type { AlertView } from '../../domain/care/view.ts';
import type { WindowView } from '../../domain/failover/maintenance-schema.ts';
import type { SiteView } from '../../domain/sites/view.ts';
import { chromiumPath, flaws, startBrowser } from '../support/browser.ts';
import { BuiltCommand } from '../support/built-command.ts';
import { withExampleZone } from '../support/live-shop.ts';
import { MaintainedShop } from '../support/maintained-shop.ts';
import type { Nameplate } from '../support/nameplate.ts';

const HOUR = 3_600_000;
const domain = 'shop.example.test';

// A machine without Chromium skips these, and says so in the count of its tests.
const inChromium = chromiumPath === undefined ? describe.skip : describe;

inChromium('#15: the console, by a person in Berlin', () => {
  let nameplate: Nameplate;
  let shop: MaintainedShop;
  let command: BuiltCommand;
  let served: ConsoleServer;
  let browser: Browser;
  let page: Page;
  /** Errors that the page throws, and what its policy forbids. */
  const complaints: string[] = [];

  beforeAll(async () => {
    nameplate = await withExampleZone();
    shop = new MaintainedShop(nameplate, domain, { failover: { bypass: { addresses: ['203.0.113.7'] } } });
    await shop.declare();
    command = new BuiltCommand();
    served = await serveConsole({
      files: frontEnd([join(command.folder, 'dist', 'console')]),
      target: { url: nameplate.aws.apiUrl },
      where: { where: 'nameplate local', isLocal: true },
    });
    browser = await startBrowser();
    page = await (await browser.newContext({ locale: 'en-GB', timezoneId: 'Europe/Berlin' })).newPage();
    page.on('pageerror', ({ message }) => complaints.push(message));
    page.on('console', (said) => said.type() === 'error' && complaints.push(said.text()));
    await page.goto(served.access.link());
    await page.getByRole('link', { name: 'Maintenance' }).click();
  });
  afterAll(async () => {
    await browser?.close();
    await served?.close();
    command?.remove();
    // An address of it was removed: its steps would put it back.
    await nameplate?.aws.close();
    expect(complaints).toEqual([]);
  });

  const click = (name: string) => page.getByRole('button', { name, exact: true }).click();
  const read = async <Body>(path: string): Promise<Body> =>
    (await (await fetch(`${nameplate.aws.apiUrl}${path}`)).json()) as Body;
  const windows = async () =>
    (await read<{ windows: WindowView[] }>(`/v1/sites/${domain}/maintenance/windows`)).windows;

  test('leads viewers to the page with a message that is seen before, and back', async () => {
    await page.getByRole('link', { name: domain }).click();
    await page.getByText('Operators who come from 203.0.113.7/32 see the site meanwhile').waitFor();
    await click('Lead viewers to the page …');
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('What the page says').fill('Back at <four>');
    await dialog.frameLocator('iframe').getByText('Back at <four>').waitFor();
    await click('Lead them there');
    await shop.settled();
    await page.getByText('Viewers see the maintenance page since').waitFor();
    await page.getByText('“Back at <four>”').waitFor();
    expect(await shop.seen()).toEqual(['page', 'page']);

    await click('Lead viewers back …');
    await click('Lead them back');
    await shop.settled();
    await page.getByText('Viewers see the site.').waitFor();
    expect(await shop.seen()).toEqual(['site', 'site']);
    const { probes = [] } = await read<SiteView>(`/v1/sites/${domain}`);
    expect(Object.fromEntries(probes.map(({ leg, found }) => [leg, found]))).toEqual({
      dns: expect.stringContaining('is delegated to its hosted zone'),
      edge: expect.stringMatching(/DNS leads viewers to the site, which answers/),
      origin: 'The load balancer is active and finds the instance healthy',
    });
  });

  test('schedules a window by the clocks of Tokyo, changes it and cancels it', async () => {
    // Tokyo's morning of tomorrow may have passed in UTC's evening of today.
    const day = new Date(nameplate.aws.clock.now().getTime() + 48 * HOUR).toISOString().slice(0, 10);
    const at = (hour: number) => `${day}T0${hour}:00`;
    await click('Schedule a window …');
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Time zone').fill('Asia/Tokyo');
    await dialog.getByLabel('From').fill(at(8));
    await dialog.getByLabel('Until').fill(at(7));
    await dialog.getByText('Until: Must be later than "from"').waitFor();
    expect(await dialog.getByRole('button', { name: 'Schedule' }).isDisabled()).toBe(true);
    await dialog.getByLabel('Until').fill(at(9));
    await dialog.getByText(/00:00 CET until .* 01:00 CET, for 1 h/).waitFor();
    await dialog.getByRole('button', { name: 'Schedule' }).click();
    await page.getByText(`declared as ${day} 08:00 to 09:00 in Asia/Tokyo`).waitFor();
    const local = { from: at(8), until: at(9), timeZone: 'Asia/Tokyo' };
    expect(await windows()).toMatchObject([{ local, from: new Date(`${at(8)}+09:00`).toISOString() }]);

    await page.goto(`${served.access.origin}/maintenance?zone=Asia/Tokyo&at=${day}`);
    await page.getByRole('link', { name: `ahead: ${day} 08:00 to 09:00` }).click();
    await page.getByRole('button', { name: /^Change the window/ }).click();
    await dialog.getByLabel('Until').fill(at(8).replace('00', '30').replace('T08', 'T09'));
    await dialog.getByRole('button', { name: 'Change' }).click();
    await page.getByText(`declared as ${day} 08:00 to 09:30 in Asia/Tokyo`).waitFor();

    await page.getByRole('button', { name: /^Cancel the window/ }).click();
    await dialog.getByRole('button', { name: 'Cancel it' }).click();
    await page.getByText(`${domain} has no maintenance windows`).waitFor();
    expect(await windows()).toEqual([]);
  });

  test('does not take windows that it cannot read for none', async () => {
    const detail = 'Cannot read the windows: not allowed';
    await page.route('**/maintenance/windows', (route) => route.fulfill({ status: 403, json: { detail } }));
    await page.reload();
    await page.getByText(detail).waitFor();
    expect(await page.getByText('has no maintenance windows').count()).toBe(0);
    await page.unroute('**/maintenance/windows');
    await page.getByRole('button', { name: 'Look now' }).click();
    await page.getByText(`${domain} has no maintenance windows`).waitFor();
    // The browser's own word on the refusal.
    expect(complaints.splice(0).filter((complaint) => !complaint.includes('403'))).toEqual([]);
  });

  test('looks whether all is ready for a failover', async () => {
    await click('Look');
    await page.getByText('Ready: viewers would see the page if the origin failed now').waitFor();
  });

  test('tells that no alert stands, then of one, and acknowledges it; and shows the certificate that was looked at', async () => {
    await page.getByRole('link', { name: 'Alerts' }).click();
    await page.getByText('No alert stands').waitFor();
    await removeAddress();
    await swept();
    await page.reload();
    const alert = page.getByRole('article').first();
    await alert.getByRole('link', { name: domain }).waitFor();
    const unread = await page.getByRole('button', { name: 'Acknowledge' }).count();
    await alert.getByRole('button', { name: 'Acknowledge' }).click();
    await page.getByText(/acknowledged .* ago|acknowledged now/).waitFor();
    expect(await page.getByRole('button', { name: 'Acknowledge' }).count()).toBe(unread - 1);
    const { alerts } = await read<{ alerts: AlertView[] }>('/v1/alerts');
    expect(alerts.filter(({ acknowledged }) => acknowledged)).toHaveLength(1);

    await page.getByRole('link', { name: 'Certificates' }).click();
    const { probes = [] } = await read<SiteView>(`/v1/sites/${domain}`);
    expect(probes.map(({ leg, found, isWell }) => [leg, found.replace(/; cert.*/, ''), isWell])).toEqual(
      expect.arrayContaining([
        ['dns', expect.stringMatching(/^2001:db8.*; no A record$/), true],
        ['edge', '200', true],
        ['origin', 'healthy', true],
      ]),
    );

    const row = page.getByRole('row').nth(1);
    await row.getByText('ACM renews it').waitFor();
    expect(await row.textContent()).toMatch(/Issued .*, renewed from .* on, ends .*19\d days/);
  });

  test('can be used by ear and by keyboard, on a phone and a wide screen, in both colour schemes', async () => {
    const pages = {
      'maintenance-calendar': '/maintenance',
      'maintenance-of-a-site': `/maintenance/${domain}`,
      alerts: '/alerts',
      'alerts-resolved': '/alerts?state=resolved',
      certificates: '/certificates',
      'site-looked-at': `/sites/${domain}`,
    };
    for (const [name, path] of Object.entries(pages)) {
      await page.goto(`${served.access.origin}${path}`, { waitUntil: 'networkidle' });
      expect(await flaws(page, name)).toEqual([]);
    }
  });

  /** Somebody deletes the address of one name: nobody asked for it to be put back. */
  async function removeAddress(): Promise<void> {
    const { HostedZones = [] } = await nameplate.ask<ListHostedZonesResponse>('route53', 'ListHostedZones');
    const zone = { HostedZoneId: HostedZones.find(({ Name }) => Name === 'example.test.')?.Id };
    const list = await nameplate.ask<ListResourceRecordSetsResponse>('route53', 'ListResourceRecordSets', zone);
    const ofWww = list.ResourceRecordSets?.filter(({ Name, Type }) => Name === `www.${domain}.` && Type === 'A') ?? [];
    const Changes = ofWww.map((ResourceRecordSet) => ({ Action: 'DELETE', ResourceRecordSet }));
    await nameplate.ask('route53', 'ChangeResourceRecordSets', { ...zone, ChangeBatch: { Changes } });
  }

  /** Lets six hours pass in which every live site is looked at. */
  async function swept(): Promise<void> {
    const { Rules = [] } = await nameplate.ask<ListRulesResponse>('events', 'ListRules');
    const Name = Rules.find(({ Name: name }) => name?.includes('CareSweep'))?.Name;
    await nameplate.ask('events', 'EnableRule', { Name });
    await nameplate.aws.clock.advance(7 * HOUR);
    await nameplate.ask('events', 'DisableRule', { Name });
  }
});
