import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, Locator, Page } from 'playwright-core';
import type { SiteView } from '../../domain/sites/view.ts';
import { chromiumPath, flaws, startBrowser } from '../support/browser.ts';
import { BuiltCommand } from '../support/built-command.ts';
import { withExampleZone } from '../support/live-shop.ts';
import type { Nameplate } from '../support/nameplate.ts';

const SHOP = 'shop.example.test';

// A machine without Chromium skips these, and says so in the count of its tests.
const inChromium = chromiumPath === undefined ? describe.skip : describe;

inChromium('#15: the console that `nameplate console` serves', () => {
  let nameplate: Nameplate;
  let command: BuiltCommand;
  let served: ChildProcess;
  let browser: Browser;
  let page: Page;
  /** Errors that the page throws, and what its policy forbids. */
  const complaints: string[] = [];

  beforeAll(async () => {
    nameplate = await withExampleZone();
    command = new BuiltCommand();
    served = spawn(process.execPath, [command.file, 'console', '--json'], {
      env: { PATH: process.env['PATH'] ?? '', HOME: command.folder, NAMEPLATE_URL: nameplate.aws.apiUrl },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [printed] = (await once(served.stdout!, 'data')) as [Buffer];
    browser = await startBrowser();
    page = await (await browser.newContext({ locale: 'en-GB', timezoneId: 'UTC' })).newPage();
    page.on('pageerror', ({ message }) => complaints.push(message));
    page.on('console', (said) => {
      // The browser's own word on a refusal that the page shows.
      if (said.type() === 'error' && !/status of (409|422)/.test(said.text()))
        complaints.push(`${said.text()} ${said.location().url}`);
    });
    await page.goto((JSON.parse(String(printed)) as { url: string }).url);
    await page.getByRole('heading', { name: 'Sites' }).waitFor();
  });
  afterAll(async () => {
    await browser?.close();
    served?.kill('SIGINT');
    command?.remove();
    await nameplate?.close();
    expect(complaints).toEqual([]);
  });

  const click = (name: string) => page.getByRole('button', { name, exact: true }).click();
  const field = (name: string): Locator => page.getByLabel(name, { exact: false }).first();
  const goTo = (link: string) => page.getByRole('link', { name: link, exact: true }).first().click();
  /** The state of the site whose page is open, once AWS has done what runs. */
  async function becomes(domain: string, state: SiteView['state']): Promise<void> {
    // The page of its change has the name in its title too, until the API has taken the request.
    await page.getByRole('heading', { name: domain, level: 1, exact: true }).waitFor();
    // A question closes once the API has taken the request.
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    expect((await nameplate.ended(domain)).state).toBe(state);
    await page.locator('.head .badge', { hasText: state }).waitFor();
  }

  test('is opened by its link, which leaves no secret in the address or the history', async () => {
    expect(page.url()).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/);
    await page.goBack();
    expect(page.url()).toBe('about:blank');
    await page.goForward();
    await page.getByText('No sites yet').waitFor();
    expect(await flaws(page, 'no-sites')).toEqual([]);
  });

  test('takes a site from the form to live, and shows what the API refuses at its field', async () => {
    await goTo('New site');
    await field('Domain').fill('co.uk');
    await field('ID').fill(nameplate.world.instanceId);
    await field('ID').press('Enter');
    const wrong = page.locator('.field.wrong', { has: page.getByLabel('Domain') });
    await wrong.getByText(/public suffix/).waitFor();
    expect(await field('Domain').getAttribute('aria-invalid')).toBe('true');
    expect(await flaws(page, 'new-site-refused')).toEqual([]);

    await field('Domain').fill(SHOP);
    expect(await wrong.count()).toBe(0);
    await field('The document').fill(
      JSON.stringify({ domain: SHOP, origin: { instance: { id: nameplate.world.instanceId } }, failover: {} }),
    );
    expect(await field('Failover').isChecked()).toBe(true);
    await click('Plan');
    await page.getByRole('heading', { name: `Plan for ${SHOP}` }).waitFor();
    await page
      .getByText(/a month$/)
      .first()
      .waitFor();
    expect(await page.locator('.change.good').count()).toBeGreaterThan(10);
    expect(await flaws(page, 'new-site-planned')).toEqual([]);

    await field('Aliases').fill(`www.${SHOP}`);
    expect(await page.getByRole('button', { name: 'Apply this plan' }).count()).toBe(0);
    await click('Plan');
    await click('Apply this plan');
    await becomes(SHOP, 'live');
    expect((await nameplate.show(SHOP)).site.aliases).toEqual([`www.${SHOP}`]);
    expect(await flaws(page, 'site-live')).toEqual([]);
  });

  test('keeps what was left unfinished, also when the page is loaded again, until that is begun anew', async () => {
    await goTo('New site');
    expect(await page.getByText('You left this unfinished').count()).toBe(0);
    await field('Domain').fill('half.example.test');
    await goTo('Sites');
    await page.goBack();
    await page.getByText('You left this unfinished').waitFor();
    expect(await field('Domain').inputValue()).toBe('half.example.test');
    await field('The document').fill('{ "domain": "half');
    await page.reload();
    await page.getByText('You left this unfinished').waitFor();
    expect(await field('The document').inputValue()).toBe('{ "domain": "half');
    expect(await flaws(page, 'new-site-unfinished')).toEqual([]);
    await click('Start over');
    expect(await field('Domain').inputValue()).toBe('');
    await page.reload();
    expect(await field('Domain').inputValue()).toBe('');
    expect(await page.getByText('You left this unfinished').count()).toBe(0);
  });

  test('shows what stands in the way as it stands, and lets no one apply it', async () => {
    const taken = 'taken.example.test';
    const { HostedZones } = await nameplate.ask<{ HostedZones: { Id: string; Name: string }[] }>(
      'route53',
      'ListHostedZones',
    );
    const record = { Name: taken, Type: 'A', TTL: 300, ResourceRecords: [{ Value: '203.0.113.200' }] };
    await nameplate.ask('route53', 'ChangeResourceRecordSets', {
      HostedZoneId: HostedZones.find(({ Name }) => Name === 'example.test.')?.Id,
      ChangeBatch: { Changes: [{ Action: 'CREATE', ResourceRecordSet: record }] },
    });
    await nameplate.aws.clock.advance(60_000);
    await goTo('New site');
    await field('Domain').fill(taken);
    await field('ID').fill(nameplate.world.instanceId);
    await click('Plan');
    await page.getByText('Mend what is in the way first, then plan again').waitFor();
    await page.locator('.change.bad', { hasText: '203.0.113.200' }).waitFor();
    expect(await page.getByRole('button', { name: 'Apply this plan' }).isDisabled()).toBe(true);
    expect(await flaws(page, 'new-site-conflict')).toEqual([]);
  });

  test('changes a site once its plan has shown what is before and after', async () => {
    await page.goto(new URL(`/sites/${SHOP}/change`, page.url()).href);
    await field('Failures').fill('5');
    await click('Plan');
    await page.getByRole('heading', { name: `Plan for ${SHOP}` }).waitFor();
    const change = page.locator('.change.warn', { hasText: 'health check' });
    await change.locator('del', { hasText: 'FailureThreshold: 3' }).waitFor();
    await change.locator('ins', { hasText: 'FailureThreshold: 5' }).waitFor();
    expect(await flaws(page, 'change-planned')).toEqual([]);
    await click('Apply this plan');
    await becomes(SHOP, 'live');
    expect((await nameplate.show(SHOP)).site).toMatchObject({ failover: { check: { failures: 5 } } });
  });

  test('leads viewers to the maintenance page and back', async () => {
    await click('Maintenance on');
    await page.getByRole('dialog').waitFor();
    expect(await flaws(page, 'maintenance-asked')).toEqual([]);
    await page.getByRole('dialog').getByRole('button', { name: 'Lead them there' }).click();
    await becomes(SHOP, 'live');
    await page.getByRole('button', { name: 'Maintenance off' }).waitFor();
    expect(await nameplate.show(SHOP)).toMatchObject({ failover: { on: 'page' } });
    expect(await flaws(page, 'site-maintained')).toEqual([]);
    await click('Maintenance off');
    await page.getByRole('dialog').getByRole('button', { name: 'Lead them back' }).click();
    await becomes(SHOP, 'live');
    await page.getByRole('button', { name: 'Maintenance on' }).waitFor();
  });

  test('stops a change, and brings the site back to what was live', async () => {
    const aliases = [`www.${SHOP}`, `more.${SHOP}`];
    const changed = nameplate.document(SHOP, { aliases, failover: { check: { failures: 5 } } });
    expect((await nameplate.put(SHOP, changed)).status).toBe(202);
    await nameplate.waitsIn(SHOP, 'AwaitCertificate');
    // Begun by another one: a page where nothing runs asks nothing.
    await page.reload();
    const dialog = page.getByRole('dialog');
    await click('Cancel');
    await dialog.getByRole('button', { name: 'Cancel it' }).click();
    await becomes(SHOP, 'held');
    expect(await flaws(page, 'site-held')).toEqual([]);
    await click('Undo');
    await dialog.getByRole('heading', { name: `Bring ${SHOP} back to what was live?` }).waitFor();
    await dialog.getByRole('button', { name: 'Undo' }).click();
    await becomes(SHOP, 'live');
    expect((await nameplate.show(SHOP)).site.aliases).toEqual([`www.${SHOP}`]);
  });

  test('takes a site back once its plan has said what goes', async () => {
    await click('Delete');
    const dialog = page.getByRole('dialog');
    await dialog.locator('.change.bad').first().waitFor();
    expect(await flaws(page, 'delete-planned')).toEqual([]);
    await dialog.getByRole('button', { name: 'Delete as planned' }).click();
    await becomes(SHOP, 'undone');
  });

  test('shows the records to enter at another provider until they are seen', async () => {
    const domain = 'shop.elsewhere.test';
    nameplate.aws.otherProvider.addZone('elsewhere.test');
    await goTo('New site');
    await field('The document').fill(
      JSON.stringify({
        domain,
        edge: 'direct',
        dns: 'external',
        origin: { instance: { id: nameplate.world.instanceId } },
      }),
    );
    await click('Plan');
    await click('Apply this plan');
    await page.getByRole('heading', { name: domain, level: 1 }).waitFor();
    await nameplate.waitsIn(domain, 'CheckDelegation');
    await page.getByText('Waits for you').first().waitFor();
    expect(await flaws(page, 'site-records')).toEqual([]);
    for (const step of ['CheckDelegation', 'PointRecords']) {
      await nameplate.waitsIn(domain, step);
      const { records = [] } = (await nameplate.show(domain)) as { records?: NonNullable<SiteView['records']> };
      for (const { name, type, values } of records) nameplate.aws.otherProvider.enter({ name, type, values });
    }
    await becomes(domain, 'live');
    await goTo('Sites');
    await page.getByRole('link', { name: domain }).waitFor();
    expect(await flaws(page, 'sites')).toEqual([]);
  });

  test('says what to do once its link is of a run that is over', async () => {
    await page.context().clearCookies();
    await goTo('Alerts');
    await page.getByText('open the link that "nameplate console" has printed').first().waitFor();
    expect(complaints.splice(0).every((each) => each.includes('status of 403'))).toBe(true);
  });
});
